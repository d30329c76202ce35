/**
 * What a rolling window allows: at most `limit` requests in any `lengthMs` milliseconds.
 *
 * A request holds its slot from when it is sent until `lengthMs` after its answer arrived: the service counts it somewhere
 * between the two, so a slot that is free here is free there as well, whatever the latency.
 */
export class RollingWindow {
	#inFlight = 0;
	/** When answers arrived, oldest first, in milliseconds. */
	#answeredAt: number[] = [];

	constructor(private lengthMs: number) {}

	/** Requests whose answers have not come yet. */
	get onTheWire(): number {
		return this.#inFlight;
	}

	/** Slots held at `now`: on the wire, or answered less than a window ago. */
	used(now: number): number {
		this.#forgetOlderThan(now - this.lengthMs);
		return this.#inFlight + this.#answeredAt.length;
	}

	/** Requests that the service counted and that still hold a slot at `now`. */
	counted(now: number): number {
		return this.used(now) - this.#inFlight;
	}

	/**
	 * Milliseconds until one more request may go; 0 when it may go now.
	 * `Infinity` while too many requests are on the wire: then the next answer decides.
	 */
	waitMs(now: number, limit: number): number {
		const tooMany = this.used(now) - limit;
		if (tooMany < 0) return 0;
		return tooMany < this.#answeredAt.length
			? this.#answeredAt[tooMany] + this.lengthMs - now
			: Infinity;
	}

	sent(): void {
		this.#inFlight++;
	}

	answered(now: number): void {
		this.#inFlight--;
		this.#answeredAt.push(now);
	}

	/** The request was not counted by the service: it was refused, or never reached it. */
	notCounted(): void {
		this.#inFlight--;
	}

	#forgetOlderThan(time: number): void {
		const firstKept = this.#answeredAt.findIndex((answeredAt) => answeredAt > time);
		if (firstKept === -1) this.#answeredAt = [];
		else if (firstKept > 0) this.#answeredAt.splice(0, firstKept);
	}
}
