import type { Options } from './options.mts';

/** Requests per key in `windowSeconds`. There is no limit if `limit` is 0. */
export interface Window {
	limit: number;
	windowSeconds: number;
	retryAfter: Options['retryAfter'];
}

export interface Rejection {
	status: number;
	headers: Record<string, string>;
}

/** Arrival times, in milliseconds, of the requests of one key, or of its unpaginated requests to one list. */
class Bucket {
	#arrivals: number[] = [];

	/** Returns 0 and counts the request, or returns the milliseconds to wait. Rejected requests don't count here, which is not documented. */
	take(now: number, limit: number, windowMs: number): number {
		const firstInside = this.#arrivals.findIndex((at) => at > now - windowMs);
		this.#arrivals = firstInside === -1 ? [] : this.#arrivals.slice(firstInside);
		if (this.#arrivals.length < limit) {
			this.#arrivals.push(now);
			return 0;
		}
		return (this.#arrivals[this.#arrivals.length - limit] as number) + windowMs - now;
	}

	get size(): number {
		return this.#arrivals.length;
	}
}

/** Rate limit with a rolling window per key. Lists without both paging parameters are limited to one request per window. */
export class RateLimit {
	#buckets = new Map<string, Bucket>();
	#rejections = 0;
	/** Largest number of requests in any window. */
	maxInWindow = 0;

	/** @param statuses status codes of rejections, used in turn */
	constructor(private readonly statuses: readonly [number, ...number[]]) {}

	/** Returns the rejection if the rate limit is reached, and `undefined` otherwise. */
	check(
		{ limit, windowSeconds, retryAfter: form }: Window,
		key: string,
		unpaginatedList: string | undefined,
	): Rejection | undefined {
		if (limit === 0) return undefined;
		const now = performance.now();
		const windowMs = windowSeconds * 1000;
		let waitMs = unpaginatedList ? this.#bucket(`${key} ${unpaginatedList}`).take(now, 1, windowMs) : 0;
		if (waitMs === 0) waitMs = this.#bucket(key).take(now, limit, windowMs);
		this.maxInWindow = Math.max(this.maxInWindow, this.#bucket(key).size);
		if (waitMs === 0) return undefined;
		const status = this.statuses[this.#rejections++ % this.statuses.length] ?? this.statuses[0];
		return { status, headers: retryAfter(form, waitMs) };
	}

	#bucket(name: string): Bucket {
		const bucket = this.#buckets.get(name) ?? new Bucket();
		this.#buckets.set(name, bucket);
		return bucket;
	}
}

function retryAfter(form: Window['retryAfter'], waitMs: number): Record<string, string> {
	if (form === 'none') return {};
	if (form === 'seconds') return { 'retry-after': String(Math.ceil(waitMs / 1000)) };
	// An HTTP date is in whole seconds. It is rounded up, because rounded down it would be too early.
	return { 'retry-after': new Date(Math.ceil((Date.now() + waitMs) / 1000) * 1000).toUTCString() };
}
