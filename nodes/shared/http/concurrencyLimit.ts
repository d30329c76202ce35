/** One request more at a time after so many rounds of answers: raised fast, a window that is full again would refuse many. */
const ROUNDS_A_STEP = 8;

/**
 * How many requests of a key may be on the wire at a time, for a service that publishes no number. Nobody knows how long its window is,
 * a second or an hour: what is learnt must not depend on it. Each burst of rejections halves it, and answers raise it slowly.
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
	 * @param sentAt when the refused request went
	 * @param onTheWire how many were on the wire together with it
	 */
	rejected(now: number, { sentAt, onTheWire }: { sentAt: number; onTheWire: number }): void {
		if (sentAt < this.#since) return;
		this.#most = Math.max(1, Math.min(this.#most, onTheWire) / 2);
		this.#since = now;
	}
}
