import { withLocks } from '../../shared/client/locks';
import { contentsOf, verdictOf, type ConfirmedWrite } from '../../shared/client/writeVerdict';
import { asError, Failure, mayHaveArrived } from '../../shared/http/failures';
import type { Unit } from '../../shared/http/unit';
import { checkAfterMs, MOST_REPEATS, readIfPossible, repeatWaitMs } from './checkedChange';
import type { ViewerGroup } from './endpoints';
import { readGroupAgain } from './groupReads';
import { ListWatch, noteChange } from './listWatch';
import { lockName } from './lockName';
import type { StatuspageApi } from './statuspageApi';
import { noteWriteTime } from './writeTimes';

interface Ids extends Record<string, string> {
	pageId: string;
	viewerGroupId: string;
}

/** How a list of metrics differs from the wanted one. */
function difference(current: readonly string[], wanted: readonly string[]) {
	const [is, should] = [new Set(current), new Set(wanted)];
	return { added: wanted.filter((id) => !is.has(id)), removed: current.filter((id) => !should.has(id)) };
}

function isEqual(current: readonly string[], wanted: readonly string[]): boolean {
	const { added, removed } = difference(current, wanted);
	return added.length === 0 && removed.length === 0;
}

function notApplied({ id, metric_ids }: ViewerGroup, wanted: readonly string[]): Failure {
	const { added, removed } = difference(metric_ids, wanted);
	const parts = [
		...(added.length > 0 ? [`did not add ${added.join(', ')}`] : []),
		...(removed.length > 0 ? [`did not remove ${removed.join(', ')}`] : []),
	];
	return new Failure({
		kind: 'answer',
		message: `Statuspage saved the metrics of viewer group ${id}, but ${parts.join(' and ')}`,
		advice: 'All other metrics were replaced. Check the named ones',
	});
}

/** The replacement of one list, from its first read to its last write. */
class Replacement {
	/** The last write that was confirmed. */
	write: ConfirmedWrite | undefined;
	watch: ListWatch | undefined;
	/** A write whose answer was lost. */
	#pending: ConfirmedWrite | undefined;

	constructor(
		private readonly api: StatuspageApi,
		private readonly ids: Ids,
		private readonly wanted: readonly string[],
		private readonly all: readonly string[],
	) {}

	/** One read, and one write if something changes. The caller must have the lock of the group. Returns the group afterwards. */
	async once(unit: Unit): Promise<ViewerGroup> {
		const { api, ids, wanted } = this;
		const list = lockName.groupMetrics(api, ids.pageId, ids.viewerGroupId);
		const at = api.connection.clock.now();
		const before = await api.call('getViewerGroup', ids, { unit });
		const { added, removed } = difference(before.metric_ids, wanted);
		noteChange(list, [...wanted], 'add', this.watch);
		// Also those that another process removed: an earlier addition of this process must not be repeated.
		noteChange(list, difference([...before.metric_ids, ...this.all], wanted).removed, 'remove', this.watch);
		if (isEqual(before.metric_ids, wanted)) {
			// After a lost answer, the list is as wanted because of that write.
			if (unit.mayHaveWritten) this.write = this.#pending;
			return before;
		}
		this.#pending = {
			before: contentsOf(before.metric_ids),
			changes: new Map([
				...added.map((id): [string, string] => [id, '']),
				...removed.map((id): [string, undefined] => [id, undefined]),
			]),
			isRemoval: removed.length > 0,
		};
		const after = await this.#send(unit);
		noteWriteTime(api.connection, at);
		if (!isEqual(after.metric_ids, wanted)) throw notApplied(after, wanted);
		this.write = this.#pending;
		return after;
	}

	async #send(unit: Unit): Promise<ViewerGroup> {
		try {
			return await this.api.call('updateViewerGroup', this.ids, { body: { metric_ids: this.wanted }, unit });
		} catch (error) {
			if (!mayHaveArrived(error)) throw asError(error);
			// The write may have succeeded without an answer, so the list is read again.
			const after = await this.api.call('getViewerGroup', this.ids, { unit });
			if (!isEqual(after.metric_ids, this.wanted)) throw asError(error);
			return after;
		}
	}
}

/**
 * Replaces the metrics of a group. Reads them once more after the write, and repeats the write if another process overwrote it.
 *
 * @param all the IDs of all metrics of the page
 * @returns the group afterwards
 * @throws Failure if its metrics are not as wanted at the end
 */
export async function replaceMetricsOfGroup(
	api: StatuspageApi,
	ids: Ids,
	wanted: readonly string[],
	all: readonly string[],
): Promise<ViewerGroup> {
	const { pageId, viewerGroupId } = ids;
	const { clock, signal } = api.connection;
	const locks = {
		exclusive: [lockName.group(api, pageId, viewerGroupId)],
		shared: [lockName.allGroups(api, pageId)],
	};
	const work = new Replacement(api, ids, wanted, all);
	const write = async () =>
		await withLocks(locks, signal, async () => {
			const written = await api.unit(2, async (unit) => await work.once(unit));
			if (work.write) work.watch ??= new ListWatch(lockName.groupMetrics(api, pageId, viewerGroupId));
			return written;
		});
	let group = await write();
	try {
		for (let repeats = 0; work.write && work.watch; repeats++) {
			const afterMs = checkAfterMs(api.connection, work.write.isRemoval);
			const current = await readIfPossible(api, readGroupAgain(api, pageId, viewerGroupId, afterMs));
			if (!current) return group;
			group = current;
			const { overwritten, undone } = verdictOf([work.write], contentsOf(group.metric_ids), work.watch.changes);
			if (undone.length > 0 || (overwritten.length > 0 && repeats === MOST_REPEATS))
				throw overwrittenMetrics(viewerGroupId, [...undone, ...overwritten], undone.length > 0);
			if (overwritten.length === 0) return group;
			await clock.sleep(repeatWaitMs(repeats, clock.random()));
			work.write = undefined;
			group = await write();
		}
		return group;
	} finally {
		work.watch?.end();
	}
}

function overwrittenMetrics(viewerGroupId: string, metricIds: string[], isUndone: boolean): Failure {
	return new Failure({
		kind: 'answer',
		message: `The metrics of viewer group ${viewerGroupId} were saved, but another user or process changed ${metricIds.join(', ')} at the same time`,
		advice: isUndone
			? 'Check the metrics of the viewer group. The change was not repeated'
			: 'Check the metrics of the viewer group, and run it again',
	});
}
