import type { Change, ChangeResult } from '../../shared/client/changes';
import { withLocks } from '../../shared/client/locks';
import type { LockRequest } from '../../shared/client/lockTable';
import { contentsOf, stillWanted, verdictOf } from '../../shared/client/writeVerdict';
import { breatheAfter } from '../../shared/http/breatheAfter';
import type { Connection } from '../../shared/http/connection';
import { Cancelled, asError, Failure } from '../../shared/http/failures';
import type { Side, SideChange } from './sideChange';
import type { StatuspageApi } from './statuspageApi';
import { longestWriteMs } from './writeTimes';

/** A side that is read once more after its last write. */
export interface CheckedSide extends Side {
	/** The list `afterMs` milliseconds from now; empty if its object no longer exists. */
	readAgain: (afterMs: number) => Promise<string[]>;
}

/** The time after a write when it is checked, in milliseconds. By then, processes that read before the write have written. */
const CHECK_AFTER_MS = 300;
const LATEST_CHECK_MS = 5000;

/** Where reads and writes take longer than usual, the next one of another process may take this much longer again. */
const SAFETY = 1.5;

/**
 * Removals are checked this much later. A process that takes a removal for an overwritten addition adds the IDs again, and the check of the
 * removal must come after that.
 */
const REMOVAL_LATER_MS = 1000;

/**
 * The wait between a write and its check, in milliseconds. If reads and their writes take longer in this process, they probably do in
 * others.
 */
export function checkAfterMs(connection: Connection, isRemoval: boolean): number {
	const longestMs = longestWriteMs(connection);
	const usualMs = longestMs <= CHECK_AFTER_MS ? CHECK_AFTER_MS : Math.min(LATEST_CHECK_MS, longestMs * SAFETY);
	return usualMs + (isRemoval ? REMOVAL_LATER_MS : 0);
}

/** The largest number of repetitions of an overwritten change. */
export const MOST_REPEATS = 3;

/** The longest wait before the first repetition, in milliseconds. It doubles with each. Processes that wait equally long would overwrite each other again. */
const FIRST_WAIT_MS = 250;

/** A random wait before a repetition, in milliseconds. */
export function repeatWaitMs(repeats: number, random: number): number {
	return random * FIRST_WAIT_MS * 2 ** repeats;
}

const PAST: Record<Change, string> = { add: 'Added', remove: 'Removed' };
const UNDONE: Record<Change, string> = {
	add: 'but another user or process removed it again right afterwards. It was not added again',
	remove: 'but another user or process added it again right afterwards. It was not removed again',
};
const OVERWRITTEN = 'but overwritten by other changes at the same time. Run it again';
const NO_ANSWER =
	'Some changes were confirmed by Statuspage but could not be checked afterwards. If other processes change the same objects, check them';

/** The result of a check; undefined if the service does not answer it. It confirmed the write, so a missing check is no failure. */
export async function readIfPossible<T>(api: StatuspageApi, read: Promise<T>): Promise<T | undefined> {
	try {
		return await read;
	} catch (error) {
		if (!(error instanceof Failure)) throw asError(error);
		api.connection.report.remarks.add(NO_ANSWER);
		return undefined;
	}
}

/** Repeats changes that were overwritten, without those that this process changed again meanwhile. Returns the IDs that failed. */
async function repeat(
	api: StatuspageApi,
	work: SideChange,
	ids: string[],
	locks: LockRequest,
): Promise<ChangeResult['failed']> {
	try {
		return await withLocks(locks, api.connection.signal, async () => {
			const wanted = new Set(
				stillWanted(work.writes, work.watch?.changes ?? []).flatMap(({ changes }) => [...changes.keys()]),
			);
			work.forget(ids);
			return (await work.run(ids.filter((id) => wanted.has(id)))).failed;
		});
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
		const reason = `${PAST[work.change]}, ${OVERWRITTEN}. It could not be repeated: ${asError(error).message}`;
		return ids.map((id) => ({ id, reason }));
	}
}

/**
 * Reads a list once more after its last write, and repeats what another process overwrote. Without `beginWatch`, nothing is checked.
 *
 * @param locks of the write
 * @param result of the write
 * @returns the result; IDs that are not as wanted have failed
 */
export async function checkChange(
	api: StatuspageApi,
	side: CheckedSide,
	work: SideChange,
	locks: LockRequest,
	result: ChangeResult,
): Promise<ChangeResult> {
	const { watch, change } = work;
	const { clock } = api.connection;
	const failed = new Map<string, string>();
	const fail = (ids: string[], reason: string) => ids.forEach((id) => failed.set(id, reason));
	try {
		for (let repeats = 0; watch && work.writes.length > 0; repeats++) {
			const afterMs = checkAfterMs(api.connection, change === 'remove');
			const list = await readIfPossible(api, side.readAgain(afterMs));
			if (!list) break;
			await breatheAfter(list.length, clock);
			const contents = contentsOf(list);
			await breatheAfter(list.length, clock);
			const { overwritten, undone } = verdictOf(work.writes, contents, watch.changes);
			fail(undone, `${PAST[change]}, ${UNDONE[change]}`);
			if (overwritten.length === 0) break;
			if (repeats === MOST_REPEATS) {
				fail(overwritten, `${PAST[change]}, ${OVERWRITTEN}`);
				break;
			}
			await clock.sleep(repeatWaitMs(repeats, clock.random()));
			for (const { id, reason } of await repeat(api, work, overwritten, locks)) failed.set(id, reason);
		}
	} finally {
		watch?.end();
	}
	return {
		done: result.done.filter((id) => !failed.has(id)),
		unchanged: result.unchanged,
		failed: [...result.failed, ...[...failed].map(([id, reason]) => ({ id, reason }))],
	};
}
