import { sleep } from 'n8n-workflow';

/** The source of time. Tests pass their own. */
export interface Clock {
	/** Milliseconds on a monotonic clock. The system's clock jumps when it is set. */
	now(): number;
	/** Calendar time in milliseconds since 1970, for comparing dates of a service. */
	calendar(): number;
	/** Resolves after `ms` milliseconds. */
	sleep(ms: number): Promise<void>;
	/** A number from 0 up to, but not including, 1. */
	random(): number;
}

export const systemClock: Clock = {
	now: () => performance.now(),
	calendar: () => Date.now(),
	sleep: async (ms) => await sleep(ms),
	random: () => Math.random(),
};
