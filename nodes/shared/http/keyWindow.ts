import type { Clock } from './clock';
import { FairQueue } from './fairQueue';
import { Cancelled, GaveUp } from './failures';
import { KeyShare, type WindowState } from './keyShare';
import { RollingWindow } from './rollingWindow';
import { ConcurrencyLimit } from './concurrencyLimit';

/** The longest sleep, so cancelled and expired entries are noticed within a second. */
const LONGEST_SLEEP_MS = 1000;

/** Processes that were rejected together would return together, so each waits up to this fraction of a window longer. */
const JITTER = 0.02;

/** The longest wait of other requests for the answer to the first request after a pause. */
const PROBE_PATIENCE_MS = 5000;

interface Waiting {
	slots: number;
	giveUpAt: number;
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
	#pausedUntil = -Infinity;
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
	 * Resolves when the requests may be sent. Each must be settled by `answered`, `rejected`, `neverArrived` or `releaseSlots`.
	 *
	 * @returns the number of requests that may be sent; fewer than requested if the window is smaller
	 * @throws Cancelled if the execution is, GaveUp if the wait would be longer than `giveUpAfterMs`
	 */
	async takeSlots({
		executionKey: lane,
		isUrgent,
		slots: slots = 1,
		giveUpAfterMs = Infinity,
		signal,
	}: SlotRequest): Promise<number> {
		if (signal?.aborted) throw new Cancelled();
		return await new Promise<number>((resolve, reject) => {
			const onAbort = () => {
				this.#queue.remove((entry) => entry === waiting);
				reject(new Cancelled());
			};
			const waiting: Waiting = {
				slots: slots,
				giveUpAt: this.clock.now() + giveUpAfterMs,
				go: (granted) => {
					signal?.removeEventListener('abort', onAbort);
					resolve(granted);
				},
				stop: (reason) => {
					signal?.removeEventListener('abort', onAbort);
					reject(reason);
				},
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			if (isUrgent) this.#queue.putBack(lane, waiting);
			else this.#queue.push(lane, waiting);
			void this.#serve();
		});
	}

	/** The service counted a request that was sent at `sentAt`. */
	answered(sentAt: number): void {
		const now = this.clock.now();
		this.#window.answered(now);
		this.#rejectedSince = undefined;
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
	rejected(sentAt: number, retryAfterMs?: number): void {
		const now = this.clock.now();
		if (!this.#isPublished) this.#sideLimit.rejected(now, { sentAt, onTheWire: this.#window.onTheWire });
		this.#window.notCounted();
		this.#isUsedElsewhere ||= this.#isPublished && this.#window.used(now) + 1 < this.#limit;
		const pauseMs = this.#isPublished
			? this.#share.rejected(this.#state, sentAt, retryAfterMs)
			: (retryAfterMs ?? this.lengthMs) + this.clock.random() * JITTER * this.lengthMs;
		const mustPause = pauseMs > 0;
		if (mustPause) {
			this.#rejectedSince ??= now;
			this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
		}
		this.#endProbe(sentAt, mustPause);
		this.#wake();
	}

	/** A request that was sent at `sentAt` did not reach the service. */
	neverArrived(sentAt: number): void {
		this.#window.notCounted();
		this.#endProbe(sentAt, false);
		this.#wake();
	}

	/** Returns slots that were granted but are not needed. */
	releaseSlots(slots: number): void {
		if (slots === 0) return;
		this.#window.notCounted(slots);
		this.#wake();
	}

	/** Milliseconds in which nothing but rejections came back. */
	get rejectedForMs(): number {
		return this.#rejectedSince === undefined ? 0 : this.clock.now() - this.#rejectedSince;
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

	/** Milliseconds until the pause that a rejection started ends. */
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
		return Math.max(this.pauseLeftMs, probeMs, this.#waitForSlotMs(now, slots));
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
		while (!this.#queue.isEmpty) {
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
			// A wait that is known to be too long ends at once. A wait for an answer ends at its limit.
			const goneBy = this.clock.now() + (waitMs === Infinity ? sleepMs : waitMs);
			for (const { stop } of this.#queue.remove(({ giveUpAt }) => giveUpAt < goneBy)) stop(new GaveUp());
			const woken = new Promise<void>((resolve) => (this.#wake = resolve));
			await Promise.race([woken, this.clock.sleep(sleepMs)]);
		}
		this.#isServing = false;
	}
}
