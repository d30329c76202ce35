/** The default of 'Concurrency'. */
const DEFAULT_MAX = 20;

/** Limits how many reads of a run are sent at the same time. Others wait in their order. */
export class ReadLimit {
	#running = 0;
	#waiting: Array<() => void> = [];
	/** Entries before this index were taken. */
	#next = 0;

	constructor(readonly max = DEFAULT_MAX) {}

	/** True if another read would have to wait. */
	get isReached(): boolean {
		return this.#running >= this.max;
	}

	/** Runs a read when there is room for it. The read must not wait for another read of this run. */
	async run<T>(read: () => Promise<T>): Promise<T> {
		if (this.isReached) await new Promise<void>((go) => this.#waiting.push(go));
		else this.#running++;
		try {
			return await read();
		} finally {
			this.#passOn();
		}
	}

	/** Gives the place to the next read, or frees it. */
	#passOn(): void {
		if (this.#next === this.#waiting.length) {
			this.#running--;
			return;
		}
		this.#waiting[this.#next++]();
		if (this.#next < this.#waiting.length) return;
		this.#waiting = [];
		this.#next = 0;
	}
}
