/** Multiplicative decrease: the smallest new allowance, as a fraction of the old one. */
const LEAST_LEFT = 0.5;
/** The smallest new allowance, as a fraction of our own throughput in the last window. */
const LEFT_OF_OWN = 0.8;
/** Additive increase per window without a rejection, as a fraction of the limit. It grows with each window in a row. */
const STEP = 1 / 30;

/**
 * The number of requests per window that this process allows itself, by additive increase and multiplicative decrease (AIMD).
 * Processes that share a key cannot see each other, but each sees rejections. With AIMD, their shares become equal.
 */
export class Allowance {
	#requests = Infinity;
	#since = -Infinity;
	#cleanWindows = 0;
	#wasAnswered = true;

	constructor(private readonly windowMs: number) {}

	/** Requests per window, at most `limit`. */
	within(limit: number): number {
		return Math.min(this.#requests, limit);
	}

	/** Raises it after a whole window without a rejection. */
	answered(now: number, limit: number): void {
		this.#wasAnswered = true;
		if (this.#requests >= limit || now - this.#since < this.windowMs) return;
		this.#cleanWindows++;
		this.#requests = Math.min(limit, this.#requests + Math.max(1, Math.round(limit * STEP)) * this.#cleanWindows);
		this.#since = now;
	}

	/**
	 * Lowers it once per burst of rejections. Without an answer in between, further rejections contain no new information.
	 *
	 * @param sentAt when the rejected request was sent
	 * @param own requests of this process that the service counted in the last window
	 */
	rejected(now: number, { sentAt, limit, own }: { sentAt: number; limit: number; own: number }): void {
		if (sentAt < this.#since || !this.#wasAnswered) return;
		this.#requests = Math.max(1, Math.floor(Math.max(this.within(limit) * LEAST_LEFT, own * LEFT_OF_OWN)));
		this.#since = now;
		this.#cleanWindows = 0;
		this.#wasAnswered = false;
	}
}
