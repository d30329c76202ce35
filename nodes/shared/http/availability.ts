import type { Clock } from './clock';
import { Outage, type FailedTry } from './outage';
import type { Outcome, Unusable } from './outcome';

/** Processes that were rejected together would return together, so each waits up to this fraction of a window longer. */
export const JITTER = 0.02;

/** The longest wait of other requests for the answer to the first request after a pause. */
const PROBE_PATIENCE_MS = 5000;

/** A service that is asked to wait for less, twice in a row, is asked again after this time. */
const SHORTEST_PAUSE_MS = 1000;

/** The outcome that stops the requests of a key. */
export type Trouble = Unusable | (Outcome & { kind: 'rejected' });

/** The time that a run may wait while nothing but rejections or failed connections come back. */
export interface WaitBudget {
	ms: number;
	/** When the run began. What came back before it does not use up its time. */
	beganAt: number;
}

export interface RejectedTry {
	sentAt: number;
	/** The wait that the service asks for, in milliseconds, as `askedWaitMs` returns it. */
	askedMs?: number;
	/** The pause of the whole key, in milliseconds; undefined if only requests beyond its share pause. */
	pauseMs?: number;
	trouble?: Trouble;
}

export type UnansweredTry = Pick<FailedTry, 'sentAt' | 'isHostKnown' | 'suspect'>;

/**
 * Whether the service can be asked, for one key. The key pauses after a rejection and in an outage. After a pause, one request is sent
 * alone as a probe. A run waits until its budget is spent.
 */
export class Availability {
	#outage = new Outage();
	/** The end of the pause that the service asked for, and of the pause with our own addition. */
	#askedUntil = -Infinity;
	#pausedUntil = -Infinity;
	#rejectedSince: number | undefined;
	#trouble: Trouble | undefined;
	#stops = 0;
	/** After a pause, one request is sent alone. If others use up the rate limit, this costs one rejection instead of many. */
	#mustProbe = false;
	#probeSentAt: number | undefined;

	constructor(
		private readonly clock: Clock,
		private readonly windowMs: number,
	) {}

	/** An outage is on. */
	get isAway(): boolean {
		return this.#outage.isOn;
	}

	/** The last outcome that stopped the key. */
	get trouble(): Trouble | undefined {
		return this.#trouble;
	}

	/** How often something stopped the key. */
	get stops(): number {
		return this.#stops;
	}

	/** Milliseconds in which nothing but rejections or failed connections came back. */
	get troubledForMs(): number {
		const since = this.#troubledSince;
		return since === undefined ? 0 : this.clock.now() - since;
	}

	/** Milliseconds until the pause that the service asked for ends. */
	get askedForMs(): number {
		return Math.max(0, this.#askedUntil - this.clock.now());
	}

	/** Milliseconds until the pause of the key ends. */
	get pauseLeftMs(): number {
		return Math.max(0, this.#pausedUntil - this.clock.now());
	}

	/** Milliseconds until the next request may be sent, as far as pauses, outages and probes matter. */
	get waitMs(): number {
		const now = this.clock.now();
		const probeMs = this.#probeSentAt === undefined ? 0 : this.#probeSentAt + PROBE_PATIENCE_MS - now;
		return Math.max(this.pauseLeftMs, this.#outage.waitMs(now), probeMs);
	}

	/** Several requests may be sent together: the key does not pause, and no probe is due or on its way. */
	get isOpen(): boolean {
		return this.pauseLeftMs === 0 && !this.#mustProbe;
	}

	/** Budgets of runs are in use: the service asks for a pause, or nothing but rejections or failed connections come back. */
	get usesBudgets(): boolean {
		return this.#troubledSince !== undefined || this.askedForMs > 0;
	}

	/** Whether a unit may send its next request: nothing stopped the key since its slots were granted, or the stop is over. */
	mayContinue(stops: number): boolean {
		return stops === this.#stops || this.isOpen;
	}

	/** Whether the time of a run is over, or ends before the pause that the service asked for. The pause with our addition may end later. */
	isSpent(budget: WaitBudget | undefined): boolean {
		if (!budget) return false;
		const now = this.clock.now();
		const endsAt = Math.max(this.#troubledSince ?? now, budget.beganAt) + budget.ms;
		return this.#askedUntil > Math.max(endsAt, now) || now > endsAt + JITTER * this.windowMs;
	}

	/** An outage that nobody waited for since its last failed try may be over, so a new run begins without it. */
	forgetOutageBefore(beganAt: number): void {
		if (beganAt > this.#outage.lastFailureAt) this.#outage = new Outage();
	}

	/** A request is sent. */
	sent(): void {
		if (this.#mustProbe) this.#probeSentAt = this.clock.now();
	}

	/** The service counted a request that was sent at `sentAt`. */
	answered(sentAt: number): void {
		this.#rejectedSince = undefined;
		this.#endOutage(sentAt);
		this.#endProbe(sentAt, false);
	}

	/**
	 * The wait that a rejection asks for, in milliseconds. Call it before `rejected`. From the second rejection in a row on, the wait has a
	 * minimum. Otherwise a service that asks for no wait would be asked without a pause.
	 */
	askedWaitMs(retryAfterMs: number | undefined): number | undefined {
		const isAgain = this.#rejectedSince !== undefined && retryAfterMs !== undefined;
		return isAgain ? Math.max(retryAfterMs, SHORTEST_PAUSE_MS) : retryAfterMs;
	}

	/** Milliseconds of the pause for a wait that the service asks for, with a random addition. Without such a wait, it is one window. */
	pauseMs(askedMs: number | undefined): number {
		return (askedMs ?? this.windowMs) + this.clock.random() * JITTER * this.windowMs;
	}

	/** The service rejected a request. */
	rejected({ sentAt, askedMs, pauseMs, trouble }: RejectedTry): void {
		const now = this.clock.now();
		this.#stop(trouble);
		if (pauseMs !== undefined) {
			this.#rejectedSince ??= this.#outage.since ?? now;
			this.#askedUntil = Math.max(this.#askedUntil, now + (askedMs ?? this.windowMs));
			this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
		}
		this.#endOutage(sentAt);
		this.#endProbe(sentAt, pauseMs !== undefined);
	}

	/** A request got no answer from the service, so the service may be away. */
	unanswered(outcome: Unusable, { sentAt, isHostKnown, suspect }: UnansweredTry): void {
		const now = this.clock.now();
		const retryAfterMs = outcome.kind === 'broken' ? outcome.retryAfterMs : undefined;
		this.#outage.failed({
			sentAt,
			now,
			random: this.clock.random(),
			isHostKnown,
			suspect,
			isAnnounced: retryAfterMs !== undefined,
		});
		if (this.isAway) {
			this.#stop(outcome);
			if (retryAfterMs !== undefined) {
				this.#askedUntil = Math.max(this.#askedUntil, now + retryAfterMs);
				this.#pausedUntil = Math.max(this.#pausedUntil, this.#askedUntil);
			}
		}
		this.#endProbe(sentAt, this.isAway);
	}

	/** A request that was sent at `sentAt` ended without telling anything about the service. */
	ended(sentAt: number): void {
		this.#endProbe(sentAt, this.isAway || this.#isProbe(sentAt));
	}

	get #troubledSince(): number | undefined {
		const since = Math.min(this.#rejectedSince ?? Infinity, this.#outage.since ?? Infinity);
		return since === Infinity ? undefined : since;
	}

	#stop(trouble: Trouble | undefined): void {
		this.#stops++;
		this.#trouble = trouble;
	}

	#endOutage(sentAt: number): void {
		const wasAway = this.isAway;
		this.#outage.answered(sentAt, this.clock.now());
		if (!wasAway || this.isAway) return;
		this.#mustProbe = false;
		this.#probeSentAt = undefined;
	}

	/** Requests from before the pause contain no information about the time after it. */
	#isProbe(sentAt: number): boolean {
		return this.#probeSentAt !== undefined && sentAt >= this.#probeSentAt;
	}

	/** @param isShut the next request must be a probe again */
	#endProbe(sentAt: number, isShut: boolean): void {
		const isProbe = this.#isProbe(sentAt);
		if (isProbe) this.#probeSentAt = undefined;
		this.#mustProbe = isShut || (this.#mustProbe && !isProbe);
	}
}
