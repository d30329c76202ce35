/** The cost of a run, for its hint. */
export class RunReport {
	requests = 0;
	rejections = 0;
	/** Answers of the service, rejections included. */
	answers = 0;
	/** When the first request was prepared, on the clock of the run. */
	beganAt: number | undefined;
	/** Requests that were sent again after a lost or unusable answer. */
	repeats = 0;
	#waiting = 0;
	#waitingSince = 0;
	#waitedMs = 0;
	/** Hints for the user, each once. */
	readonly remarks = new Set<string>();
	/** Hints that need an action, each once. */
	readonly alarms = new Set<string>();

	/** Milliseconds in which at least one item was waiting. Items wait concurrently. */
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

	/** One line if the run waited or repeated requests; undefined otherwise. */
	summary(serviceName: string): string | undefined {
		const seconds = Math.round(this.#waitedMs / 1000);
		if (seconds === 0 && this.rejections === 0 && this.repeats === 0) return undefined;
		const parts = [
			`${this.requests} ${this.requests === 1 ? 'request' : 'requests'} to ${serviceName}`,
			`${this.rejections} rejected by its rate limit`,
			`${seconds} s waited`,
			...(this.repeats > 0 ? [`${this.repeats} repeated after a lost answer`] : []),
		];
		return parts.join(', ');
	}
}
