import type { Clock } from './clock';
import { FairQueue } from './fairQueue';
import { Cancelled, GaveUp, NoTimeLeft } from './failures';
import { KeyShare, type WindowState } from './keyShare';
import { onAbort } from './onAbort';
import { Outage } from './outage';
import { isUncertain, type Outcome, type Unusable } from './outcome';
import { RollingWindow } from './rollingWindow';
import { ConcurrencyLimit } from './concurrencyLimit';

/** The longest sleep, so cancelled and expired entries are noticed within a second. */
const LONGEST_SLEEP_MS = 1000;

/** Processes that were rejected together would return together, so each waits up to this fraction of a window longer. */
const JITTER = 0.02;

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

interface Waiting {
	slots: number;
	giveUpAt: number;
	budget?: WaitBudget;
	go: (slots: number) => void;
	stop: (reason: Error) => void;
}

export interface SlotRequest {
	/** The execution, or another run. The queue is fair between them. */
	executionKey: string;
	/** For a rejected request, and one of a started unit: it is served before others of the same execution. */
	isUrgent: boolean;
	/** The number of requests that will be sent directly one after the other; 1 if left out. */
	slots?: number;
	/** The longest wait in milliseconds, pacing included. Without it, there is no limit. */
	giveUpAfterMs?: number;
	/** Without it, rejections and outages are waited for without a limit. */
	budget?: WaitBudget;
	signal?: AbortSignal;
}

/** Paces all requests of one key in this process, with one rolling window, one fair queue and one pause. */
export class KeyWindow {
	readonly #queue = new FairQueue<Waiting>();
	readonly #window: RollingWindow;
	/** Requests per window of each credential with this key. The lowest applies. */
	readonly #limits = new Map<string, number>();
	/** Credentials of this key with which other processes work too. */
	readonly #sharedBy = new Set<string>();
	readonly #share: KeyShare;
	readonly #sideLimit = new ConcurrencyLimit();
	#outage = new Outage();
	/** The end of the pause that the service asked for, and of the pause with our own addition. */
	#askedUntil = -Infinity;
	#pausedUntil = -Infinity;
	#trouble: Trouble | undefined;
	#stops = 0;
	/** Entries in the queue with a limit to their whole wait. */
	#hurried = 0;
	/** The service accepted the key in its last answer. */
	isKeyAccepted = false;
	/** After a pause, one request is sent alone. If others use up the rate limit, this costs one rejection instead of many. */
	#mustProbe = false;
	#probeSentAt: number | undefined;
	#rejectedSince: number | undefined;
	#isUsedElsewhere = false;
	#isServing = false;
	#wake: () => void = () => {};

	constructor(
		private readonly clock: Clock,
		readonly lengthMs: number,
	) {
		this.#window = new RollingWindow(lengthMs);
		this.#share = new KeyShare(lengthMs, () => clock.random());
	}

	/** True if the window contains nothing that matters, so it can be dropped. */
	get isIdle(): boolean {
		const now = this.clock.now();
		return this.#queue.isEmpty && now >= this.#pausedUntil && this.#window.used(now) === 0;
	}

	/** @param isShared other processes use the same key */
	setLimit(credentialId: string, requestsPerWindow: number, isShared = false): void {
		this.#limits.set(credentialId, Math.max(1, Math.floor(requestsPerWindow)));
		if (isShared) this.#sharedBy.add(credentialId);
		else this.#sharedBy.delete(credentialId);
		this.#share.isShared = this.#sharedBy.size > 0;
	}

	/**
	 * Resolves when the requests may be sent. Each must be settled by `answered`, `rejected`, `unanswered`, `ended` or `releaseSlots`.
	 *
	 * @returns the number of requests that may be sent; fewer than requested if the window is smaller
	 * @throws Cancelled if the execution is, GaveUp if the wait would be longer than `giveUpAfterMs`, NoTimeLeft if the budget is spent
	 */
	async takeSlots({
		executionKey: lane,
		isUrgent,
		slots = 1,
		giveUpAfterMs = Infinity,
		budget,
		signal,
	}: SlotRequest): Promise<number> {
		if (signal?.aborted) throw new Cancelled();
		const isAlone = this.#queue.isEmpty && this.#window.onTheWire === 0;
		// An outage that nobody waited for since then may be over, so a new run begins without it.
		if (budget && isAlone && budget.beganAt > this.#outage.lastFailureAt) this.#outage = new Outage();
		if (this.#isSpent(budget)) throw new NoTimeLeft();
		const hurried = giveUpAfterMs < Infinity ? 1 : 0;
		this.#hurried += hurried;
		try {
			return await new Promise<number>((resolve, reject) => {
				const settle = (act: () => void) => {
					leave();
					act();
				};
				const waiting: Waiting = {
					slots,
					giveUpAt: this.clock.now() + giveUpAfterMs,
					budget,
					go: (granted) => settle(() => resolve(granted)),
					stop: (reason) => settle(() => reject(reason)),
				};
				const remove = isUrgent ? this.#queue.putBack(lane, waiting) : this.#queue.push(lane, waiting);
				const leave = onAbort(signal, () => {
					remove();
					reject(new Cancelled());
				});
				void this.#serve();
			});
		} finally {
			this.#hurried -= hurried;
		}
	}

	/** The service counted a request that was sent at `sentAt`. */
	answered(sentAt: number): void {
		const now = this.clock.now();
		this.#window.answered(now);
		this.#rejectedSince = undefined;
		this.#endOutage(sentAt, now);
		if (this.#isPublished) this.#share.answered(this.#state, sentAt);
		else this.#sideLimit.answered();
		this.#endProbe(sentAt, false);
		this.#wake();
	}

	/**
	 * The service rejected a request that was sent at `sentAt`, so the whole key pauses, unless the request was beyond the share.
	 *
	 * @param retryAfterMs the wait that the service asks for, if it does
	 */
	rejected(sentAt: number, retryAfterMs?: number, trouble?: Trouble): void {
		const now = this.clock.now();
		if (!this.#isPublished) this.#sideLimit.rejected(now, { sentAt, onTheWire: this.#window.onTheWire });
		this.#window.notCounted();
		this.#isUsedElsewhere ||= this.#isPublished && this.#window.used(now) + 1 < this.#limit;
		// Otherwise a service that asks for no wait would be asked without a pause.
		const isAgain = this.#rejectedSince !== undefined && retryAfterMs !== undefined;
		const askedMs = isAgain ? Math.max(retryAfterMs, SHORTEST_PAUSE_MS) : retryAfterMs;
		const pauseMs = this.#isPublished
			? this.#share.rejected(this.#state, sentAt, askedMs)
			: (askedMs ?? this.lengthMs) + this.clock.random() * JITTER * this.lengthMs;
		this.#stop(trouble);
		const mustPause = pauseMs !== undefined;
		if (mustPause) {
			this.#rejectedSince ??= this.#outage.since ?? now;
			this.#askedUntil = Math.max(this.#askedUntil, now + (askedMs ?? this.lengthMs));
			this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
		}
		this.#endOutage(sentAt, now);
		this.#endProbe(sentAt, mustPause);
		this.#wake();
	}

	/** A request that was sent at `sentAt` got no answer from the service, so the service may be away. */
	unanswered(
		sentAt: number,
		outcome: Unusable,
		{ isHostKnown, suspect }: { isHostKnown: boolean; suspect?: object },
	): void {
		const now = this.clock.now();
		const retryAfterMs = outcome.kind === 'broken' ? outcome.retryAfterMs : undefined;
		this.#settle(now, isUncertain(outcome));
		this.#outage.failed({
			sentAt,
			now,
			random: this.clock.random(),
			isHostKnown,
			suspect,
			isAnnounced: retryAfterMs !== undefined,
		});
		if (this.#outage.isOn) {
			this.#stop(outcome);
			if (retryAfterMs !== undefined) {
				this.#askedUntil = Math.max(this.#askedUntil, now + retryAfterMs);
				this.#pausedUntil = Math.max(this.#pausedUntil, this.#askedUntil);
			}
		}
		this.#endProbe(sentAt, this.#outage.isOn);
		this.#wake();
	}

	/** A request that was sent at `sentAt` ended without telling anything about the service, e.g. because it was cancelled. */
	ended(sentAt: number, mayHaveArrived: boolean): void {
		this.#settle(this.clock.now(), mayHaveArrived);
		this.#endProbe(sentAt, this.#outage.isOn);
		this.#wake();
	}

	/** Returns slots that were granted but are not needed. */
	releaseSlots(slots: number): void {
		if (slots === 0) return;
		this.#window.notCounted(slots);
		this.#wake();
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

	/** The last outcome that stopped the key. */
	get trouble(): Trouble | undefined {
		return this.#trouble;
	}

	/** How often something stopped the key. */
	get stops(): number {
		return this.#stops;
	}

	/** An outage is on. */
	get isAway(): boolean {
		return this.#outage.isOn;
	}

	/** Whether a unit may send its next request: nothing stopped the key since its slots were granted, or the stop is over. */
	mayContinue(stops: number): boolean {
		return stops === this.#stops || (this.pauseLeftMs === 0 && !this.#mustProbe);
	}

	/** The number of requests that can be sent now without delaying others. */
	get freeSlots(): number {
		if (this.pauseLeftMs > 0 || this.#mustProbe || !this.#queue.isEmpty) return 0;
		return Math.max(0, this.#share.size(this.#state) - this.#window.used(this.clock.now()));
	}

	/** A rejection came although this process left room, so others use the key too. */
	get isUsedElsewhere(): boolean {
		return this.#isUsedElsewhere;
	}

	/** The limit of the window, regardless of other processes that share the key. */
	get limit(): number {
		return this.#limit;
	}

	/** Milliseconds until the pause of the key ends. */
	get pauseLeftMs(): number {
		return Math.max(0, this.#pausedUntil - this.clock.now());
	}

	get #limit(): number {
		return Math.min(...this.#limits.values());
	}

	/** Without a published limit, rejections set the pace. */
	get #isPublished(): boolean {
		return Number.isFinite(this.#limit);
	}

	get #state(): WindowState {
		const now = this.clock.now();
		return { now, limit: this.#limit, used: this.#window.used(now) };
	}

	/** The slots that can be granted together. Without a published limit, requests are sent one by one. */
	#grantable(slots: number): number {
		return this.#isPublished ? Math.min(slots, this.#share.size(this.#state)) : 1;
	}

	/** Milliseconds until the slots are free; `Infinity` if this depends on the next answer. */
	#waitForSlotMs(now: number, slots: number): number {
		if (this.#isPublished) {
			const inShareMs = this.#window.waitMs(now, this.#share.size(this.#state), slots);
			return Math.min(inShareMs, this.#share.trialWaitMs(this.#state, slots));
		}
		return this.#window.onTheWire < this.#sideLimit.max ? 0 : Infinity;
	}

	#waitMs(slots: number): number {
		const now = this.clock.now();
		const probeMs = this.#probeSentAt === undefined ? 0 : this.#probeSentAt + PROBE_PATIENCE_MS - now;
		return Math.max(this.pauseLeftMs, this.#outage.waitMs(now), probeMs, this.#waitForSlotMs(now, slots));
	}

	get #troubledSince(): number | undefined {
		const since = Math.min(this.#rejectedSince ?? Infinity, this.#outage.since ?? Infinity);
		return since === Infinity ? undefined : since;
	}

	/** Whether the time of a run is over, or ends before the pause that the service asked for. The pause with our addition may end later. */
	#isSpent(budget: WaitBudget | undefined): boolean {
		if (!budget) return false;
		const now = this.clock.now();
		const endsAt = Math.max(this.#troubledSince ?? now, budget.beganAt) + budget.ms;
		return this.#askedUntil > Math.max(endsAt, now) || now > endsAt + JITTER * this.lengthMs;
	}

	#stop(trouble: Trouble | undefined): void {
		this.#stops++;
		this.#trouble = trouble;
	}

	/** Occupies or frees the slot of a request without an answer. */
	#settle(now: number, mayHaveArrived: boolean): void {
		if (mayHaveArrived) this.#window.answered(now);
		else this.#window.notCounted();
	}

	#endOutage(sentAt: number, now: number): void {
		const wasAway = this.#outage.isOn;
		this.#outage.answered(sentAt, now);
		if (!wasAway || this.#outage.isOn) return;
		this.#mustProbe = false;
		this.#probeSentAt = undefined;
	}

	/** Ends the waits of runs whose time is over. */
	#stopSpent(): void {
		if (this.#troubledSince === undefined && this.clock.now() >= this.#askedUntil) return;
		for (const { stop } of this.#queue.remove(({ budget }) => this.#isSpent(budget))) stop(new NoTimeLeft());
	}

	/** A wait that is known to be too long ends at once. A wait for an answer ends at its limit. */
	#stopHurried(waitMs: number): void {
		if (this.#hurried === 0) return;
		const goneBy = this.clock.now() + (waitMs === Infinity ? LONGEST_SLEEP_MS : waitMs);
		for (const { stop } of this.#queue.remove(({ giveUpAt }) => giveUpAt < goneBy)) stop(new GaveUp());
	}

	/** Requests from before the pause contain no information about the time after it. */
	#endProbe(sentAt: number, isRejected: boolean): void {
		const isProbe = this.#probeSentAt !== undefined && sentAt >= this.#probeSentAt;
		if (isProbe) this.#probeSentAt = undefined;
		this.#mustProbe = isRejected || (this.#mustProbe && !isProbe);
	}

	/** Serves the queue while it has entries, as slots become free. */
	async #serve(): Promise<void> {
		if (this.#isServing) return;
		this.#isServing = true;
		for (this.#stopSpent(); !this.#queue.isEmpty; this.#stopSpent()) {
			const slots = this.#grantable(this.#queue.first?.slots ?? 1);
			const waitMs = this.#waitMs(slots);
			if (waitMs <= 0) {
				this.#window.sent(slots);
				if (this.#isPublished) this.#share.sent(this.#state);
				if (this.#mustProbe) this.#probeSentAt = this.clock.now();
				this.#queue.take()?.go(slots);
				continue;
			}
			const sleepMs = Math.min(waitMs, LONGEST_SLEEP_MS);
			this.#stopHurried(waitMs);
			const woken = new Promise<void>((resolve) => (this.#wake = resolve));
			await Promise.race([woken, this.clock.sleep(sleepMs)]);
		}
		this.#isServing = false;
	}
}
