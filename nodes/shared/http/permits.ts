/** Limits how much work of a run is done at the same time, also if several items start it. */
export class Permits {
	#free: number;
	/** In the order of arrival. Entries before `next` have their permit. */
	#waiting: Array<() => void> = [];
	#next = 0;

	constructor(readonly most: number) {
		this.#free = most;
	}

	/** Does the work as soon as a permit is free. The work must not wait for another permit. */
	async use<T>(work: () => Promise<T>): Promise<T> {
		if (this.#free > 0) this.#free--;
		else await new Promise<void>((go) => this.#waiting.push(go));
		try {
			return await work();
		} finally {
			this.#release();
		}
	}

	#release(): void {
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
