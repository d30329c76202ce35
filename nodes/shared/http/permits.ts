/** Limits how much work of a run is done at the same time, also if several items start it. Other work waits in its order. */
export class Permits {
	#free: number;
	#waiting: Array<() => void> = [];
	/** Entries before this index have their permit. */
	#next = 0;

	constructor(readonly max: number) {
		this.#free = max;
	}

	/** True if more work would have to wait. */
	get isReached(): boolean {
		return this.#free === 0;
	}

	/** Does the work as soon as a permit is free. The work must not wait for another permit. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.isReached) await new Promise<void>((go) => this.#waiting.push(go));
		else this.#free--;
		try {
			return await work();
		} finally {
			this.#passOn();
		}
	}

	/** Gives the permit to the next work, or frees it. */
	#passOn(): void {
		if (this.#next === this.#waiting.length) {
			this.#free++;
			return;
		}
		this.#waiting[this.#next++]();
		if (this.#next < this.#waiting.length) return;
		this.#waiting = [];
		this.#next = 0;
	}
}
