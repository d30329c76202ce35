import type { Change, ChangeResult } from '../../shared/client/changes';
import { withLocks } from '../../shared/client/locks';
import { Failure } from '../../shared/http/failures';
import { checkChange, type CheckedSide } from './checkedChange';
import type { ViewerGroup } from './endpoints';
import { mayBeCut } from './fullMembers';
import { readGroupAgain } from './groupReads';
import { lockName } from './lockName';
import { SideChange } from './sideChange';
import type { StatuspageApi } from './statuspageApi';

/** Statuspage may cut lists at 100. For viewers, there is a second list. For metrics, there is none. */
function requireWhole({ id, metric_ids }: ViewerGroup): string[] {
	if (!mayBeCut(metric_ids.length)) return metric_ids;
	throw new Failure({
		kind: 'answer',
		message: `Viewer group ${id} has ${metric_ids.length} metrics, and Statuspage may have cut this list`,
		advice:
			"Nothing was changed, because writing a cut list would remove the other metrics. Use 'Replace Metrics' with all metrics of the viewer group",
	});
}

/** The metrics of one group, as a list that is read and written in full. Their other side does not exist. */
function metricsSide(api: StatuspageApi, pageId: string, viewerGroupId: string): CheckedSide {
	const ids = { pageId, viewerGroupId };
	return {
		noun: 'metric',
		slots: 2,
		id: viewerGroupId,
		lockName: lockName.groupMetrics(api, pageId, viewerGroupId),
		otherLockName: (metricId) => `${lockName.groupMetrics(api, pageId, viewerGroupId)} ${metricId}`,
		read: async (unit) => requireWhole(await api.call('getViewerGroup', ids, { unit })),
		write: async (metric_ids, unit) =>
			(await api.call('updateViewerGroup', ids, { body: { metric_ids }, unit })).metric_ids,
		readAgain: async (afterMs) => (await readGroupAgain(api, pageId, viewerGroupId, afterMs))?.metric_ids ?? [],
	};
}

/**
 * Adds metrics to a group or removes them, with one read, one write and one check. The API has no calls for single metrics of a group.
 *
 * @throws Failure if the list of the group may be incomplete
 */
export async function changeMetricsOfGroup(
	api: StatuspageApi,
	pageId: string,
	viewerGroupId: string,
	metricIds: string[],
	change: Change,
): Promise<ChangeResult> {
	const side = metricsSide(api, pageId, viewerGroupId);
	const locks = {
		exclusive: [lockName.group(api, pageId, viewerGroupId)],
		shared: [lockName.allGroups(api, pageId)],
	};
	const work = new SideChange(api, side, change);
	const written = await withLocks(locks, api.connection.signal, async () => {
		const result = await work.run([...new Set(metricIds)]);
		work.beginWatch();
		return result;
	});
	return await checkChange(api, side, work, locks, written);
}
