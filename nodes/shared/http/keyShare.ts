import { JITTER } from './availability';

/** Windows between two trials at a limit of `USUAL_LIMIT`, so eight processes spend less than a tenth of it on trials. */
const WINDOWS_PER_TRIAL = 1.5;
const USUAL_LIMIT = 60;
/** At a higher limit, a trial costs less, so it comes more often. At a lower one it comes at least this often, in windows. */
const MOST_WINDOWS_PER_TRIAL = 4;
/** After trials that found room, the next one has this fraction of it. With larger ones, many requests would be rejected together. */
const NEXT_PART = 1 / 3;
/** Trials of several processes spread by up to this fraction of the interval, in both directions. */
const SPREAD = 0.25;
/** After the first rejection, all processes begin their next window together. Trials wait until they have, in windows. */
const SETTLING = 0.05;
/** A share that was not used to the full in this many windows may belong to others by now. */
const WINDOWS_OF_TRUST = 1.5;
/** What a process with the whole limit gives up per window as long as others need more, as a fraction of its share. */
const GIVEN_UP = 0.15;
/** A process with at most this fraction of the limit gives up nothing. */
const SMALL_SHARE = 0.1;
/** With other processes known, this fraction of the limit stays free for the next one that starts. */
const RESERVE = 0.05;

/** The window of this process at one moment. */
export interface WindowState {
	/** In milliseconds. */
	now: number;
	/** Requests per window of the key. */
	limit: number;
	/** Requests of this process in flight, or answered less than a window ago. */
	used: number;
}

/**
 * The share of a key's rate limit that this process uses. Several processes can use the same key, and none sees the requests of another.
 *
 * Without a rejection, the share is the whole limit. A rejected request shows that others use the rest, so the share falls to what the
 * service accepted. A share stays steady because a process sends again exactly when its own earlier requests leave the window. Now and
 * then a trial, a request beyond the share, finds out whether there is room. Its rejection stops nothing but the trials. Its success is
 * followed by more, each with a third of the room found so far, so a process that is left alone has the whole limit again within
 * seconds. A process whose trial was rejected gives up a part of its share, more of a larger one, so the shares become similar and nobody
 * starves.
 */
export class KeyShare {
	/** The user says that other processes use this key. */
	isShared = false;
	/** `Infinity` as long as nothing shows that others use the key. */
	#requests = Infinity;
	/** Requests of the trials in a row that the service accepted. */
	#found = 0;
	/** The current trial ends when as many are found. */
	#goal = 1;
	#trialSince: number | undefined;
	#nextTrialAt = -Infinity;
	/** When the share was last used to the full. */
	#fullAt = -Infinity;
	#givenUpAt = -Infinity;
	#rejectedAt = -Infinity;
	#answeredAt = -Infinity;
	#wasAnswered = true;
	/** The key paused, so the next answer shows that there is room again. */
	#wasStuck = false;

	constructor(
		private readonly windowMs: number,
		private readonly random: () => number,
	) {}

	/** Requests per window. */
	size(state: WindowState): number {
		this.#start(state);
		return Math.min(this.#requests, this.#most(state.limit));
	}

	/** Milliseconds until so many requests beyond the share can be sent as a trial; `Infinity` if not before the next answer. */
	trialWaitMs(state: WindowState, slots: number): number {
		const { now, limit, used } = state;
		const size = this.size(state);
		if (size >= limit) return Infinity;
		const most = this.#most(limit);
		const ceiling = size < most ? Math.max(most, size + slots) : limit;
		const isOver = used + slots > Math.min(limit, ceiling, size + Math.max(this.#goal - this.#found, slots));
		return isOver ? Infinity : Math.max(0, this.#nextTrialAt - now);
	}

	/** Requests were sent. `used` includes them. */
	sent(state: WindowState): void {
		if (state.used > this.size(state)) this.#trialSince ??= state.now;
	}

	/** The service counted a request that was sent at `sentAt`. */
	answered(state: WindowState, sentAt: number): void {
		const { now, limit, used } = state;
		const size = this.size(state);
		if (this.#wasStuck) this.#nextTrialAt = now;
		this.#wasStuck = false;
		this.#wasAnswered = true;
		this.#answeredAt = now;
		if (used >= size) this.#fullAt = now;
		// A request that was sent after the trial is as good: the service counted the trial before it.
		if (this.#trialSince === undefined || sentAt < this.#trialSince || used <= size) return;
		this.#requests = size + 1;
		this.#found++;
		if (this.#requests >= this.#most(limit)) {
			this.#requests = Infinity;
			this.#endTrials();
			this.#nextTrialAt = now + this.windowMs * this.#spread();
		} else if (this.#found >= this.#goal) {
			this.#trialSince = undefined;
			this.#goal = this.#found + Math.max(1, Math.floor(this.#found * NEXT_PART));
		}
	}

	/**
	 * The service rejected a request that was sent at `sentAt`. `used` is without it.
	 *
	 * @param retryAfterMs the wait that the service asks for, if it does
	 * @returns milliseconds for which the whole key must pause; undefined if only trials must
	 */
	rejected(state: WindowState, sentAt: number, retryAfterMs: number | undefined): number | undefined {
		const { now, limit, used } = state;
		const size = this.size(state);
		const waitMs = retryAfterMs ?? this.windowMs;
		const isFirst = this.#requests === Infinity && !this.isShared;
		// Rejections of requests that were sent together are one sign, and each costs a place in the share.
		const isNewSign = sentAt >= this.#rejectedAt;
		const isStuck = used === 0 || (isNewSign && !this.#wasAnswered);
		this.#rejectedAt = now;
		this.#endTrials();
		if (isNewSign) this.#nextTrialAt = now + this.#trialPauseMs({ isFirst, limit, retryAfterMs });
		if (used >= size) {
			if (isNewSign) this.#giveUp(state, size);
			return undefined;
		}
		const isTrusted = !isFirst && now - this.#fullAt <= WINDOWS_OF_TRUST * this.windowMs;
		this.#requests = Math.max(1, isTrusted ? size - 1 : Math.min(size - 1, used));
		this.#wasAnswered = false;
		this.#wasStuck ||= isStuck;
		if (isStuck) return waitMs + this.random() * JITTER * this.windowMs;
		return isFirst ? waitMs : undefined;
	}

	/** The largest share. */
	#most(limit: number): number {
		return this.isShared ? Math.max(1, limit - Math.max(1, Math.round(limit * RESERVE))) : limit;
	}

	/** With other processes known, a process that sent nothing for a window starts at half the limit. */
	#start({ now, limit, used }: WindowState): void {
		if (!this.isShared || used > 0 || now - this.#answeredAt < this.windowMs) return;
		const half = Math.max(1, Math.floor(limit / 2));
		if (this.#requests <= half) return;
		this.#requests = half;
		this.#nextTrialAt = now + (this.windowMs / 2) * this.#spread();
	}

	#trialPauseMs(rejection: { isFirst: boolean; limit: number; retryAfterMs?: number }): number {
		const { isFirst, limit, retryAfterMs } = rejection;
		if (isFirst) return (retryAfterMs ?? this.windowMs) + this.windowMs * SETTLING * (1 + this.random());
		const windows = Math.min(MOST_WINDOWS_PER_TRIAL, WINDOWS_PER_TRIAL * Math.sqrt(USUAL_LIMIT / limit));
		return Math.max(retryAfterMs ?? 0, this.windowMs * windows * this.#spread());
	}

	#giveUp({ now, limit }: WindowState, size: number): void {
		const windows = Math.min(1, (now - this.#givenUpAt) / this.windowMs);
		this.#givenUpAt = now;
		const part = size * Math.max(0, size / limit - SMALL_SHARE) * GIVEN_UP * windows;
		// Rounded up or down by chance. Otherwise a small share would never give up anything.
		this.#requests = Math.max(1, size - Math.floor(part + this.random()));
	}

	#spread(): number {
		return 1 - SPREAD + 2 * SPREAD * this.random();
	}

	#endTrials(): void {
		this.#found = 0;
		this.#goal = 1;
		this.#trialSince = undefined;
	}
}
