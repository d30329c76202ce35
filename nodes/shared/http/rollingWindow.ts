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
	 * Milliseconds until so many more requests may go; 0 when they may go now.
	 * `Infinity` while too many requests are on the wire: then the next answer decides.
	 */
	waitMs(now: number, limit: number, slots = 1): number {
		const tooMany = this.used(now) + slots - 1 - limit;
		if (tooMany < 0) return 0;
		return tooMany < this.#answeredAt.length ? this.#answeredAt[tooMany] + this.lengthMs - now : Infinity;
	}

	/** Takes slots for requests that go now, or one after the other as a unit. */
	sent(slots = 1): void {
		this.#inFlight += slots;
	}

	answered(now: number): void {
		this.#inFlight--;
		this.#answeredAt.push(now);
	}

	/** Requests that the service did not count: they were rejected, never reached it, or were not sent. */
	notCounted(slots = 1): void {
		this.#inFlight -= slots;
	}

	#forgetOlderThan(time: number): void {
		const firstKept = this.#answeredAt.findIndex((answeredAt) => answeredAt > time);
		if (firstKept === -1) this.#answeredAt = [];
		else if (firstKept > 0) this.#answeredAt.splice(0, firstKept);
	}
}
