/** Slow additive increase, so that a full window causes few rejections. */
const ROUNDS_A_STEP = 8;

/**
 * The number of concurrent requests of a key, for a service that publishes no rate limit. The length of its window is unknown, so the
 * rule must not depend on it. A burst of rejections halves the number. Answers raise it slowly.
 */
export class ConcurrencyLimit {
	#most = Infinity;
	#since = -Infinity;

	/** Requests at a time. */
	get max(): number {
		return Math.max(1, Math.floor(this.#most));
	}

	answered(): void {
		this.#most += 1 / (ROUNDS_A_STEP * this.#most);
	}

	/**
	 * Lowers it once for a burst of rejections.
	 *
	 * @param sentAt when the rejected request was sent
	 * @param onTheWire requests in flight at that time, this one included
	 */
	rejected(now: number, { sentAt, onTheWire }: { sentAt: number; onTheWire: number }): void {
		if (sentAt < this.#since) return;
		this.#most = Math.max(1, Math.min(this.#most, onTheWire) / 2);
		this.#since = now;
	}
}
