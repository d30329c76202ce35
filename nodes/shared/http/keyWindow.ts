import { Availability, type Trouble, type UnansweredTry, type WaitBudget } from './availability';
import type { Clock } from './clock';
import { FairQueue } from './fairQueue';
import { Cancelled, GaveUp, NoTimeLeft } from './failures';
import { KeyShare, type WindowState } from './keyShare';
import { onAbort } from './onAbort';
import { isUncertain, type Unusable } from './outcome';
import { RollingWindow } from './rollingWindow';
import { ConcurrencyLimit } from './concurrencyLimit';

/** The longest sleep, so cancelled and expired entries are noticed within a second. */
const LONGEST_SLEEP_MS = 1000;

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
	/** For reading only. The window reports all outcomes to it. */
	readonly availability: Availability;
	/** Entries in the queue with a limit to their whole wait. */
	#hurried = 0;
	/** The service accepted the key in its last answer. */
	isKeyAccepted = false;
	#isUsedElsewhere = false;
	#isServing = false;
	#wake: () => void = () => {};

	constructor(
		private readonly clock: Clock,
		readonly lengthMs: number,
	) {
		this.#window = new RollingWindow(lengthMs);
		this.#share = new KeyShare(lengthMs, () => clock.random());
		this.availability = new Availability(clock, lengthMs);
	}

	/** True if the window contains nothing that matters, so it can be dropped. */
	get isIdle(): boolean {
		const used = this.#window.used(this.clock.now());
		return this.#queue.isEmpty && this.availability.pauseLeftMs === 0 && used === 0;
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
		if (budget && isAlone) this.availability.forgetOutageBefore(budget.beganAt);
		if (this.availability.isSpent(budget)) throw new NoTimeLeft();
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
		this.#window.answered(this.clock.now());
		if (this.#isPublished) this.#share.answered(this.#state, sentAt);
		else this.#sideLimit.answered();
		this.availability.answered(sentAt);
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
		this.#isUsedElsewhere ||= this.#isPublished && this.#window.used(now) + 1 < this.limit;
		const askedMs = this.availability.askedWaitMs(retryAfterMs);
		const pauseMs = this.#isPublished
			? this.#share.rejected(this.#state, sentAt, askedMs)
			: this.availability.pauseMs(askedMs);
		this.availability.rejected({ sentAt, askedMs, pauseMs, trouble });
		this.#wake();
	}

	/** A request that was sent at `sentAt` got no answer from the service, so the service may be away. */
	unanswered(sentAt: number, outcome: Unusable, details: Omit<UnansweredTry, 'sentAt'>): void {
		this.#settle(isUncertain(outcome));
		this.availability.unanswered(outcome, { sentAt, ...details });
		this.#wake();
	}

	/** A request that was sent at `sentAt` ended without telling anything about the service, e.g. because it was cancelled. */
	ended(sentAt: number, mayHaveArrived: boolean): void {
		this.#settle(mayHaveArrived);
		this.availability.ended(sentAt);
		this.#wake();
	}

	/** Returns slots that were granted but are not needed. */
	releaseSlots(slots: number): void {
		if (slots === 0) return;
		this.#window.notCounted(slots);
		this.#wake();
	}

	/** The number of requests that can be sent now without delaying others. */
	get freeSlots(): number {
		if (!this.availability.isOpen || !this.#queue.isEmpty) return 0;
		return Math.max(0, this.#share.size(this.#state) - this.#window.used(this.clock.now()));
	}

	/** A rejection came although this process left room, so others use the key too. */
	get isUsedElsewhere(): boolean {
		return this.#isUsedElsewhere;
	}

	/** The limit of the window, regardless of other processes that share the key. */
	get limit(): number {
		return Math.min(...this.#limits.values());
	}

	/** Without a published limit, rejections set the pace. */
	get #isPublished(): boolean {
		return Number.isFinite(this.limit);
	}

	get #state(): WindowState {
		const now = this.clock.now();
		return { now, limit: this.limit, used: this.#window.used(now) };
	}

	/** The slots that can be granted together. Without a published limit, requests are sent one by one. */
	#grantable(slots: number): number {
		return this.#isPublished ? Math.min(slots, this.#share.size(this.#state)) : 1;
	}

	/** Milliseconds until the slots are free; `Infinity` if this depends on the next answer. */
	#waitForSlotMs(slots: number): number {
		if (!this.#isPublished) return this.#window.onTheWire < this.#sideLimit.max ? 0 : Infinity;
		const state = this.#state;
		const inShareMs = this.#window.waitMs(state.now, this.#share.size(state), slots);
		return Math.min(inShareMs, this.#share.trialWaitMs(state, slots));
	}

	/** Occupies or frees the slot of a request without an answer. */
	#settle(mayHaveArrived: boolean): void {
		if (mayHaveArrived) this.#window.answered(this.clock.now());
		else this.#window.notCounted();
	}

	/** Ends the waits of runs whose time is over. */
	#stopSpent(): void {
		if (!this.availability.usesBudgets) return;
		for (const { stop } of this.#queue.remove(({ budget }) => this.availability.isSpent(budget)))
			stop(new NoTimeLeft());
	}

	/** A wait that is known to be too long ends at once. A wait for an answer ends at its limit. */
	#stopHurried(waitMs: number): void {
		if (this.#hurried === 0) return;
		const goneBy = this.clock.now() + (waitMs === Infinity ? LONGEST_SLEEP_MS : waitMs);
		for (const { stop } of this.#queue.remove(({ giveUpAt }) => giveUpAt < goneBy)) stop(new GaveUp());
	}

	/** Serves the queue while it has entries, as slots become free. */
	async #serve(): Promise<void> {
		if (this.#isServing) return;
		this.#isServing = true;
		for (this.#stopSpent(); !this.#queue.isEmpty; this.#stopSpent()) {
			const slots = this.#grantable(this.#queue.first?.slots ?? 1);
			const waitMs = Math.max(this.availability.waitMs, this.#waitForSlotMs(slots));
			if (waitMs <= 0) {
				this.#window.sent(slots);
				if (this.#isPublished) this.#share.sent(this.#state);
				this.availability.sent();
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
