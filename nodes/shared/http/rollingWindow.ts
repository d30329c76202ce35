/**
 * A rolling window of at most `limit` requests in any `lengthMs` milliseconds.
 *
 * A request occupies its slot from its start until `lengthMs` after its answer arrived. The service counts it between the two, so a
 * free slot here is also free at the service, regardless of latency.
 */
export class RollingWindow {
	#inFlight = 0;
	/** Times at which answers arrived, oldest first, in milliseconds. */
	#answeredAt: number[] = [];

	constructor(private lengthMs: number) {}

	/** Requests in flight. */
	get onTheWire(): number {
		return this.#inFlight;
	}

	/** Occupied slots at `now`: in flight, or answered less than a window ago. */
	used(now: number): number {
		this.#forgetOlderThan(now - this.lengthMs);
		return this.#inFlight + this.#answeredAt.length;
	}

	/** Requests that the service counted and that still occupy a slot at `now`. */
	counted(now: number): number {
		return this.used(now) - this.#inFlight;
	}

	/**
	 * Milliseconds until this many more requests can be sent; 0 if now.
	 * `Infinity` while too many requests are in flight, because it then depends on the next answer.
	 */
	waitMs(now: number, limit: number, slots = 1): number {
		const tooMany = this.used(now) + slots - 1 - limit;
		if (tooMany < 0) return 0;
		return tooMany < this.#answeredAt.length ? this.#answeredAt[tooMany] + this.lengthMs - now : Infinity;
	}

	/** Takes slots for requests that are sent now, or one after the other as a unit. */
	sent(slots = 1): void {
		this.#inFlight += slots;
	}

	answered(now: number): void {
		this.#inFlight--;
		this.#answeredAt.push(now);
	}

	/** Frees the slots of requests that the service did not count: rejected, not arrived, or not sent. */
	notCounted(slots = 1): void {
		this.#inFlight -= slots;
	}

	#forgetOlderThan(time: number): void {
		const firstKept = this.#answeredAt.findIndex((answeredAt) => answeredAt > time);
		if (firstKept === -1) this.#answeredAt = [];
		else if (firstKept > 0) this.#answeredAt.splice(0, firstKept);
	}
}
