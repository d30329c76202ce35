import type { Clock } from '../../../shared/http/clock';
import type { KeyWindow } from '../../../shared/http/keyWindow';

/** Passes of all nodes with the same key take at most this part of its window, so actions, pickers and other triggers find room at any time. */
const PART_FOR_PASSES = 0.5;

/** The requests per window that passes may use. */
export function requestsForPasses(limit: number): number {
	return Math.max(1, Math.floor(limit * PART_FOR_PASSES));
}

/** Times of the requests of passes, by the window of the key. */
const sentIn = new WeakMap<KeyWindow, number[]>();

/** The part of a key's rate limit that passes may use. */
export class PassRoom {
	constructor(
		private readonly window: KeyWindow,
		private readonly clock: Clock,
	) {}

	/** Milliseconds until a pass may send its next request. */
	get waitMs(): number {
		const { lengthMs, limit } = this.window;
		const now = this.clock.now();
		const sent = (sentIn.get(this.window) ?? []).filter((at) => at > now - lengthMs);
		sentIn.set(this.window, sent);
		return sent.length < requestsForPasses(limit) ? 0 : sent[0] + lengthMs - now;
	}

	/** Counts a request that is sent now. */
	take(): void {
		sentIn.set(this.window, [...(sentIn.get(this.window) ?? []), this.clock.now()]);
	}
}
