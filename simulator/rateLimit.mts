import type { Options } from './options.mts';

/** How many requests one key may send in how many seconds; `limit` 0 is none. */
export interface Window {
	limit: number;
	windowSeconds: number;
	retryAfter: Options['retryAfter'];
}

export interface Refusal {
	status: number;
	headers: Record<string, string>;
}

/** Arrivals of one key's requests, or of one key's unpaginated requests to one list, in milliseconds. */
class Bucket {
	#arrivals: number[] = [];

	/** Milliseconds until a request may come; 0 when this one is counted. Whether a refused one counts is not documented: here it does not. */
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

/** The rolling window of each key, and the slow one for lists that are asked for without both paging parameters. */
export class RateLimit {
	#buckets = new Map<string, Bucket>();
	#rejections = 0;
	/** The most requests that any window held. */
	maxInWindow = 0;

	/** @param statuses of rejections, in turn */
	constructor(private readonly statuses: readonly [number, ...number[]]) {}

	/** Nothing when the request may pass, otherwise its rejection. */
	refuse(
		{ limit, windowSeconds, retryAfter: form }: Window,
		key: string,
		unpaginatedList: string | undefined,
	): Refusal | undefined {
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
	// An HTTP date has whole seconds: rounded down it would name a time at which there is no room yet.
	return { 'retry-after': new Date(Math.ceil((Date.now() + waitMs) / 1000) * 1000).toUTCString() };
}
