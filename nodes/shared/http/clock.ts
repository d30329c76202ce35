import { sleep } from 'n8n-workflow';

/** Time, passed in, so that tests own it. */
export interface Clock {
	/** Milliseconds on a clock that never jumps (the system's clock does, when it is set). */
	now(): number;
	/** The calendar's time in milliseconds since 1970, for dates that a service names. */
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
