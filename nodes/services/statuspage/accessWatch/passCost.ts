import { PAGE_SIZE } from '../paging';
import { requestsForPasses } from './passRoom';

const MS_PER_MINUTE = 60_000;

/** The rate limit of a key. */
export interface RateLimit {
	/** Requests per window. */
	limit: number;
	/** The length of the window in milliseconds. */
	lengthMs: number;
}

/** The requests that a list of this length takes. A list of exactly N×100 objects takes one more. */
export function requestsForRows(rows: number): number {
	return Math.floor(rows / PAGE_SIZE) + 1;
}

/** Whole minutes in which a pass fits into the part of the window for passes, which is twice its cost at the full rate. */
export function shortestInterval(requests: number, { limit, lengthMs }: RateLimit): number {
	return Math.max(1, Math.ceil((requests * lengthMs) / requestsForPasses(limit) / MS_PER_MINUTE));
}

/** A warning if polls come faster than passes can be done; undefined otherwise, or if the interval is unknown. */
export function intervalWarning(shortestMinutes: number, intervalMinutes: number | undefined): string | undefined {
	if (intervalMinutes === undefined || intervalMinutes >= shortestMinutes) return undefined;
	return `'Poll Times' is shorter than needed: reading everything once takes ${shortestMinutes} minutes at half of the rate limit, so one pass spans several polls. Choose at least ${shortestMinutes} minutes, or fewer events`;
}
