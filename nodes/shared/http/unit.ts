/** A look that is older than this is made again before the write, in milliseconds. */
const OLD_MS = 1000;

/** A unit begins again so often because of waits of its own. After that it goes on: in a window that is always full it would never end. */
const MOST_RESTARTS = 3;

/**
 * The reads of one object and the write that depends on them. They take their slots in the window together, so that no wait comes
 * between them. A write that has to wait all the same goes back to its caller, which reads again.
 */
export class Unit {
	/** A write of an earlier round may have been done, although no usable answer came. */
	mayHaveWritten = false;
	/** Tries of the write, this one included. Rejections are not counted. */
	tries = 1;
	#free = 0;
	#isCut = false;
	#hasBegun = false;
	#waitedMs = 0;
	#restarts = 0;

	/** @param slots requests of one round, its write included */
	constructor(readonly slots: number) {}

	/** A new round begins with so many slots. */
	open(granted: number): void {
		this.#free = granted;
		this.#isCut = granted < this.slots;
		this.#hasBegun = false;
		this.#waitedMs = 0;
	}

	/** Takes one of its slots; false when none is left. */
	take(): boolean {
		if (this.#free === 0) return false;
		this.#free--;
		this.#hasBegun = true;
		return true;
	}

	/** A request of the unit had to wait. What comes before its first request makes nothing old. */
	waited(ms: number): void {
		if (this.#hasBegun) this.#waitedMs += ms;
		this.#hasBegun = true;
	}

	/** Whether the reads should be made again before the write. Counts as a restart. A window that is smaller than the unit always waits. */
	mustRestart(): boolean {
		if (this.#isCut || this.#waitedMs <= OLD_MS || this.#restarts === MOST_RESTARTS) return false;
		this.#restarts++;
		return true;
	}

	/** Ends a round. Returns how many of its slots were not needed. */
	close(): number {
		const free = this.#free;
		this.#free = 0;
		return free;
	}
}
