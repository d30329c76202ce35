import type { Connection } from '../../shared/http/connection';
import type { KeyWindow } from '../../shared/http/keyWindow';

/** Times are forgotten after a minute, because a process is rarely slow for longer. */
const KEPT_MS = 60_000;

/** How long writes took, each time longer than all later ones. By the window of the key, so all runs of this process share them. */
const times = new WeakMap<KeyWindow, Array<{ at: number; ms: number }>>();

/**
 * Notes how long a write took that was computed from a read.
 *
 * @param readAt the start of the read. The write was just answered
 */
export function noteWriteTime({ window, clock }: Connection, readAt: number): void {
	const at = clock.now();
	const ms = at - readAt;
	const longer = (times.get(window) ?? []).filter((entry) => entry.ms > ms && at - entry.at < KEPT_MS);
	times.set(window, [...longer, { at, ms }]);
}

/** The longest time of the last minute in milliseconds; 0 if there is none. */
export function longestWriteMs({ window, clock }: Connection): number {
	return times.get(window)?.find(({ at }) => clock.now() - at < KEPT_MS)?.ms ?? 0;
}
