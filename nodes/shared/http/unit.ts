import type { ApiRequest } from './connection';
import type { Failure } from './failures';

/**
 * A read that is older than this is repeated before the write, in milliseconds. Other processes check their writes 0.3 s later, and must
 * find a write that was computed from contents before theirs.
 */
export const OLD_MS = 200;

/** The largest number of restarts because of waits. In a window that is always full, a unit would never end without this limit. */
const MOST_RESTARTS = 3;

/**
 * The reads of one object and the write that depends on them. They take their slots together, so there is no wait between them. If the
 * write has to wait nevertheless, the unit starts again with its reads.
 */
export class Unit {
	/** The failure of the last write that may have been done without a usable answer. */
	lost: Failure | undefined;
	/** This round has come to its write, so its errors no longer concern the reads before it. */
	hasWritten = false;
	/** Attempts of the write, including this one. Rejections are not counted. */
	tries = 1;
	/** The stops of the key when this round was opened. */
	stops = 0;
	/** The last write, for messages. */
	write: ApiRequest | undefined;
	#free = 0;
	#isCut = false;
	#hasBegun = false;
	#waitedMs = 0;
	#restarts = 0;

	/** @param slots requests per round, including the write */
	constructor(readonly slots: number) {}

	/** A write may have been done, but no usable answer came. */
	get mayHaveWritten(): boolean {
		return this.lost !== undefined;
	}

	/** Starts a new round with the granted slots. */
	open(granted: number, stops: number): void {
		this.#free = granted;
		this.stops = stops;
		this.#isCut = granted < this.slots;
		this.#hasBegun = false;
		this.hasWritten = false;
		this.#waitedMs = 0;
	}

	/** Takes one of its slots; false if none is left. */
	take(): boolean {
		if (this.#free === 0) return false;
		this.#free--;
		this.#hasBegun = true;
		return true;
	}

	/** A request of the unit had to wait. Waits before the first request do not count, because nothing was read yet. */
	waited(ms: number): void {
		if (this.#hasBegun) this.#waitedMs += ms;
		this.#hasBegun = true;
	}

	/** Whether the reads must be repeated before the write. Counts as a restart. A window smaller than the unit always causes waits. */
	mustRestart(): boolean {
		if (this.#isCut || this.#waitedMs <= OLD_MS || this.#restarts === MOST_RESTARTS) return false;
		this.#restarts++;
		return true;
	}

	/** Ends a round. Returns the number of unused slots. */
	close(): number {
		const free = this.#free;
		this.#free = 0;
		return free;
	}
}
