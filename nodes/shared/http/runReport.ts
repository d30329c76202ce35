/** What a run cost, for its hint. */
export class RunReport {
	requests = 0;
	rejections = 0;
	/** Sent again after a lost or broken answer. */
	repeats = 0;
	#waiting = 0;
	#waitingSince = 0;
	#waitedMs = 0;
	/** Other things that the user should know, each once. */
	readonly remarks = new Set<string>();
	/** What somebody must act on, each once. */
	readonly alarms = new Set<string>();

	/** Items wait side by side: what counts is the time in which anybody did, in milliseconds. */
	get waitedMs(): number {
		return this.#waitedMs;
	}

	/** Must be followed by `waitEnds`. */
	waitBegins(now: number): void {
		if (this.#waiting++ === 0) this.#waitingSince = now;
	}

	waitEnds(now: number): void {
		if (--this.#waiting === 0) this.#waitedMs += now - this.#waitingSince;
	}

	/** One line when the run waited or repeated, otherwise nothing. */
	summary(serviceName: string): string | undefined {
		const seconds = Math.round(this.#waitedMs / 1000);
		if (seconds === 0 && this.rejections === 0 && this.repeats === 0) return undefined;
		const parts = [
			`${this.requests} requests to ${serviceName}`,
			`${this.rejections} refused by its rate limit`,
			`${seconds} s waited`,
			...(this.repeats > 0 ? [`${this.repeats} repeated after a lost answer`] : []),
		];
		return parts.join(', ');
	}
}
