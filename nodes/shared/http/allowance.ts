/** The allowance after a rejection is at least this part of what it was, … */
const LEAST_LEFT = 0.5;
/** … or this part of what got through in the last window, which is the share that others left to us. */
const LEFT_OF_OWN = 0.8;
/** What a clean window adds, as a part of the limit; the second in a row adds twice as much, and so on. */
const STEP = 1 / 30;

/**
 * How many requests a window this process allows itself: additive increase, multiplicative decrease. Processes that share a key cannot
 * see each other, but all of them see rejections; with this rule their shares even out instead of colliding again and again.
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

	/** A whole window without a rejection raises it. */
	answered(now: number, limit: number): void {
		this.#wasAnswered = true;
		if (this.#requests >= limit || now - this.#since < this.windowMs) return;
		this.#cleanWindows++;
		this.#requests = Math.min(limit, this.#requests + Math.max(1, Math.round(limit * STEP)) * this.#cleanWindows);
		this.#since = now;
	}

	/**
	 * Lowers it once for a burst of rejections; and not again before something was answered: who gets nothing through learns nothing
	 * about the share that is left to him.
	 *
	 * @param sentAt when the refused request went
	 * @param own how many requests of this process the service counted in the last window
	 */
	rejected(now: number, { sentAt, limit, own }: { sentAt: number; limit: number; own: number }): void {
		if (sentAt < this.#since || !this.#wasAnswered) return;
		this.#requests = Math.max(1, Math.floor(Math.max(this.within(limit) * LEAST_LEFT, own * LEFT_OF_OWN)));
		this.#since = now;
		this.#cleanWindows = 0;
		this.#wasAnswered = false;
	}
}
