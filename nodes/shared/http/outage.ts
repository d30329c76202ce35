import { backoffMs } from './retry';

/** Failed tries in a row from which on the service counts as away. */
const FAILURES_IN_A_ROW = 2;

/** A try that got no answer from the service. */
export interface FailedTry {
	sentAt: number;
	now: number;
	/** 0 up to 1. */
	random: number;
	/** False for a run that never had an answer from the host: its base URL may be wrong. */
	isHostKnown: boolean;
	/** The request, if it may be the reason itself: a write that was answered with 502, 503 or 504. */
	suspect?: object;
	/** The service says that it is away. */
	isAnnounced?: boolean;
}

/**
 * Whether the service is away, for one key.
 *
 * One failed try tells nothing about the service, and neither does a write that always gets a 503 while other requests are answered.
 * So an outage begins when two tries in a row fail and they are not tries of one such write, and it ends with the answer to a request
 * that was sent later. Requests that fail while no outage is on have their ordinary tries.
 */
export class Outage {
	#failures = 0;
	#suspect: object | undefined;
	#firstFailureAt = 0;
	#lastFailureAt = -Infinity;
	#begunAt: number | undefined;
	#steps = 0;
	#probeAt = -Infinity;

	get isOn(): boolean {
		return this.#begunAt !== undefined;
	}

	/** When the first try failed; undefined while no outage is on. */
	get since(): number | undefined {
		return this.isOn ? this.#firstFailureAt : undefined;
	}

	get lastFailureAt(): number {
		return this.#lastFailureAt;
	}

	/** Milliseconds until the next probe. */
	waitMs(now: number): number {
		return this.isOn ? Math.max(0, this.#probeAt - now) : 0;
	}

	answered(sentAt: number, now: number): void {
		this.#failures = 0;
		this.#suspect = undefined;
		if (this.#begunAt === undefined) return;
		if (sentAt > this.#begunAt) this.#begunAt = undefined;
		else this.#firstFailureAt = now;
	}

	failed({ sentAt, now, random, isHostKnown, suspect, isAnnounced }: FailedTry): void {
		this.#lastFailureAt = now;
		if (this.#failures === 0) this.#firstFailureAt = now;
		if (this.#failures === 0 || suspect === undefined || suspect !== this.#suspect) this.#failures++;
		this.#suspect = suspect;
		if (this.#begunAt === undefined) {
			if (!isHostKnown || (this.#failures < FAILURES_IN_A_ROW && !isAnnounced)) return;
			this.#begunAt = now;
			this.#steps = 0;
		} else if (sentAt <= this.#begunAt) {
			return;
		}
		this.#steps++;
		// At least half of each step, because a probe goes out alone.
		this.#probeAt = now + backoffMs(this.#steps, 0.5 + random / 2);
	}
}
