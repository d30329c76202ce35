import type { Options } from '../simulator/options.mts';

/** Seed of the simulator, which determines all IDs and names. */
export const SEED = 1;
const LIMIT = 60;
/** Share of the rate limit that a careful user plans for. Requests sent at even intervals don't arrive at even intervals. */
const CAREFUL_SHARE = 0.95;

export interface Setting {
	simulator: Partial<Options>;
	window: { limit: number; windowMs: number };
	credential: string;
	/** Interval between the requests of a careful user. Not set if the rate limit isn't reached. */
	everyMs?: number;
}

/** The rate limit of Statuspage with a shorter window and a shorter latency. */
function scaledDown(credential: string, windowMs: number): Setting {
	return {
		simulator: { limit: LIMIT, windowSeconds: windowMs / 1000, latency: 10 },
		window: { limit: LIMIT, windowMs },
		credential,
		everyMs: Math.ceil(windowMs / (LIMIT * CAREFUL_SHARE)),
	};
}

function unreached(credential: string, limit: number, latency: number): Setting {
	return {
		simulator: { limit, windowSeconds: 60, latency },
		window: { limit, windowMs: 60_000 },
		credential,
	};
}

export const short = scaledDown('short', 2000);
/** Retry-After is in whole seconds. With windows of two seconds, a rejection would cost more than at the real service. */
export const scaled = scaledDown('scaled', 6000);
export const free = unreached('free', 1000, 100);
/** For jobs with more than a thousand requests, where the latency decides. */
export const fast = unreached('fast', 10_000, 100);
export const raised = unreached('raised', 2000, 0);
/** For jobs that measure only the node. The simulator doesn't count requests, because that takes its time too. */
export const unlimited: Setting = {
	...unreached('unlimited', 1_000_000, 0),
	simulator: { limit: 0, windowSeconds: 60, latency: 0 },
};
/** Like `fast`, but through the gateway. */
export const interrupted: Setting = { ...fast, credential: 'interrupted' };

/** One credential per rate limit window, and one for the gateway. */
export const CREDENTIALS = [short, scaled, free, fast, raised, unlimited, interrupted].map((setting) => ({
	name: setting.credential,
	isInterrupted: setting === interrupted,
	...setting.window,
}));
