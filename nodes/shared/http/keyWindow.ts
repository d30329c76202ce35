import { Allowance } from './allowance';
import type { Clock } from './clock';
import { FairQueue } from './fairQueue';
import { Cancelled, GaveUp } from './failures';
import { RollingWindow } from './rollingWindow';
import { ConcurrencyLimit } from './concurrencyLimit';

/** No sleep is longer, so that cancelled and expired entries are noticed within a second. */
const LONGEST_SLEEP_MS = 1000;

/** Processes that were refused together would come back together: each waits up to this part of a window longer. */
const JITTER = 0.02;

/** How long the others wait for the answer to the first request after a pause. */
const PROBE_PATIENCE_MS = 5000;

interface Waiting {
	slots: number;
	giveUpAt: number;
	go: (slots: number) => void;
	stop: (reason: Error) => void;
}

export interface SlotRequest {
	/** One execution, or one picker call: the queue is fair between lanes. */
	executionKey: string;
	/** A rejected request, and one of a unit that has begun, go before the others of their lane. */
	isUrgent: boolean;
	/** So many requests are to go directly one after the other; 1 when left out. */
	slots?: number;
	/** The longest wait in milliseconds, pacing included; without it there is no bound. */
	giveUpAfterMs?: number;
	signal?: AbortSignal;
}

/** Paces everything that one key sends from this process: one rolling window, one fair queue, one pause. */
export class KeyWindow {
	readonly #queue = new FairQueue<Waiting>();
	readonly #window: RollingWindow;
	/** Requests per window that each credential with this key states: the lowest holds. */
	readonly #limits = new Map<string, number>();
	readonly #allowance: Allowance;
	readonly #sideLimit = new ConcurrencyLimit();
	#pausedUntil = -Infinity;
	/** The service accepted the key the last time that it answered. */
	isKeyAccepted = false;
	/** After a pause one request goes first, so that a key whose window is taken costs one rejection and not a burst of them. */
	#mustProbe = false;
	#probeSentAt: number | undefined;
	#rejectedSince: number | undefined;
	#isServing = false;
	#wake: () => void = () => {};

	constructor(
		private readonly clock: Clock,
		readonly lengthMs: number,
	) {
		this.#window = new RollingWindow(lengthMs);
		this.#allowance = new Allowance(lengthMs);
	}

	/** True when nothing that happened here matters any more: the registry may drop it. */
	get isIdle(): boolean {
		const now = this.clock.now();
		return this.#queue.isEmpty && now >= this.#pausedUntil && this.#window.used(now) === 0;
	}

	setLimit(credentialId: string, requestsPerWindow: number): void {
		this.#limits.set(credentialId, Math.max(1, Math.floor(requestsPerWindow)));
	}

	/**
	 * Resolves when the requests may be sent. Each must be settled by `answered`, `refused`, `neverArrived` or `release`.
	 *
	 * @returns how many may go: fewer than asked for where the window is smaller
	 * @throws Cancelled when the execution is, GaveUp after `giveUpAfterMs`
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
		if (this.#isPublished) this.#allowance.answered(now, this.#limit);
		else this.#sideLimit.answered();
		this.#endProbe(sentAt, false);
		this.#wake();
	}

	/**
	 * The service refused a request that was sent at `sentAt`: the whole key pauses.
	 *
	 * @param retryAfterMs what the service asks for; without it, the window is waited out
	 */
	rejected(sentAt: number, retryAfterMs: number = this.lengthMs): void {
		const now = this.clock.now();
		if (!this.#isPublished) this.#sideLimit.rejected(now, { sentAt, onTheWire: this.#window.onTheWire });
		this.#window.notCounted();
		this.#rejectedSince ??= now;
		this.#pausedUntil = Math.max(this.#pausedUntil, now + retryAfterMs + this.clock.random() * JITTER * this.lengthMs);
		if (this.#isPublished)
			this.#allowance.rejected(now, { sentAt, limit: this.#limit, own: this.#window.counted(now) });
		this.#endProbe(sentAt, true);
		this.#wake();
	}

	/** A request that was sent at `sentAt` did not reach the service. */
	neverArrived(sentAt: number): void {
		this.#window.notCounted();
		this.#endProbe(sentAt, false);
		this.#wake();
	}

	/** Gives back slots that were granted and are not needed. */
	releaseSlots(slots: number): void {
		if (slots === 0) return;
		this.#window.notCounted(slots);
		this.#wake();
	}

	/** Milliseconds in which nothing but rejections came back. */
	get rejectedForMs(): number {
		return this.#rejectedSince === undefined ? 0 : this.clock.now() - this.#rejectedSince;
	}

	/** How many requests may go at once without anybody having to wait for a slot. */
	get freeSlots(): number {
		if (this.pauseLeftMs > 0 || this.#mustProbe || !this.#queue.isEmpty) return 0;
		return Math.max(0, this.#allowance.within(this.#limit) - this.#window.used(this.clock.now()));
	}

	/** Requests that this process may send in a window, others who share the key left aside. */
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

	/** Without a published number there is nothing to count against: rejections decide. */
	get #isPublished(): boolean {
		return Number.isFinite(this.#limit);
	}

	/** As many of the slots as the window has at all. Without a published number, requests go one by one. */
	#grantable(slots: number): number {
		return this.#isPublished ? Math.max(1, Math.min(slots, Math.floor(this.#allowance.within(this.#limit)))) : 1;
	}

	/** Milliseconds until the window has the free slots; `Infinity` when only the next answer can tell. */
	#waitForSlotMs(now: number, slots: number): number {
		if (this.#isPublished) return this.#window.waitMs(now, this.#allowance.within(this.#limit), slots);
		return this.#window.onTheWire < this.#sideLimit.max ? 0 : Infinity;
	}

	#waitMs(slots: number): number {
		const now = this.clock.now();
		const probeMs = this.#probeSentAt === undefined ? 0 : this.#probeSentAt + PROBE_PATIENCE_MS - now;
		return Math.max(this.pauseLeftMs, probeMs, this.#waitForSlotMs(now, slots));
	}

	/** What was sent before the pause says nothing about what comes after it. */
	#endProbe(sentAt: number, isRejected: boolean): void {
		const isProbe = this.#probeSentAt !== undefined && sentAt >= this.#probeSentAt;
		if (isProbe) this.#probeSentAt = undefined;
		this.#mustProbe = isRejected || (this.#mustProbe && !isProbe);
	}

	/** Lets entries go as the window frees its slots; runs while anybody waits. */
	async #serve(): Promise<void> {
		if (this.#isServing) return;
		this.#isServing = true;
		while (!this.#queue.isEmpty) {
			const slots = this.#grantable(this.#queue.first?.slots ?? 1);
			const waitMs = this.#waitMs(slots);
			if (waitMs <= 0) {
				this.#window.sent(slots);
				if (this.#mustProbe) this.#probeSentAt = this.clock.now();
				this.#queue.take()?.go(slots);
				continue;
			}
			const sleepMs = Math.min(waitMs, LONGEST_SLEEP_MS);
			// A wait that is known to be too long is not begun; one that hangs on an answer is cut off in time.
			const goneBy = this.clock.now() + (waitMs === Infinity ? sleepMs : waitMs);
			for (const { stop } of this.#queue.remove(({ giveUpAt }) => giveUpAt < goneBy)) stop(new GaveUp());
			const woken = new Promise<void>((resolve) => (this.#wake = resolve));
			await Promise.race([woken, this.clock.sleep(sleepMs)]);
		}
		this.#isServing = false;
	}
}
