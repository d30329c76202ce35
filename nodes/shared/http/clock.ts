import { sleep } from 'n8n-workflow';
import { onAbort } from './onAbort';

/** The source of time. Tests pass their own. */
export interface Clock {
	/** Milliseconds on a monotonic clock. The system's clock jumps when it is set. */
	now(): number;
	/** Calendar time in milliseconds since 1970, for comparing dates of a service. */
	calendar(): number;
	/** Resolves after `ms` milliseconds. */
	sleep(ms: number): Promise<void>;
	/** Calls back after `ms` milliseconds, for a time limit. Returns a function that prevents it. */
	after(ms: number, callback: () => void): () => void;
	/** A number from 0 up to, but not including, 1. */
	random(): number;
}

export const systemClock: Clock = {
	now: () => performance.now(),
	calendar: () => Date.now(),
	sleep: async (ms) => await sleep(ms),
	after: (ms, callback) => onAbort(AbortSignal.timeout(Math.ceil(ms)), callback),
	random: () => Math.random(),
};
