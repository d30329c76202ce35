import { unlessMissing } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { objectionsOf, type Judge } from './groupSide';
import type { CheckedSide } from './checkedChange';
import { lockName } from './lockName';

export function missingGroup(id: string): string {
	return `Viewer group ${id} no longer exists`;
}

/** The groups of one viewer, as a list that is read and written in full. The groups themselves are only read for a judge. */
export function viewerSide(
	api: StatuspageApi,
	pageId: string,
	viewerId: string,
	groupCount: number,
	judge: Judge | undefined,
	onRead: (viewer: Viewer) => void,
): CheckedSide {
	const ids = { pageId, viewerId };
	const groupsOf = (viewer: Viewer) => {
		onRead(viewer);
		return viewer.page_access_group_ids;
	};
	return {
		noun: 'viewer group',
		slots: 2 + (judge ? groupCount : 0),
		id: viewerId,
		lockName: lockName.viewer(api, pageId, viewerId),
		otherLockName: (groupId) => lockName.group(api, pageId, groupId),
		read: async (unit) => groupsOf(await api.call('getViewer', ids, { unit })),
		objections: async (groupIds, unit) => {
			if (!judge) return [];
			const groups = await Promise.all(
				groupIds.map(
					async (viewerGroupId) => await unlessMissing(api.call('getViewerGroup', { pageId, viewerGroupId }, { unit })),
				),
			);
			const missing = groupIds.filter((_, index) => !groups[index]).map((id) => ({ id, reason: missingGroup(id) }));
			return [
				...missing,
				...objectionsOf(
					judge,
					groups.flatMap((group) => (group ? [{ group, viewerId, id: group.id }] : [])),
				),
			];
		},
		write: async (page_access_group_ids, unit) =>
			groupsOf(await api.call('updateViewer', ids, { body: { page_access_group_ids }, unit })),
		readAgain: async (afterMs) => {
			await api.connection.clock.sleep(afterMs);
			const viewer = await unlessMissing(api.call('getViewer', ids));
			return viewer ? groupsOf(viewer) : [];
		},
	};
}
