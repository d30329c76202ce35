import { Cancelled, mayHaveArrived, passOn } from '../../shared/http/failures';
import { isRefusedRow, writeInHalves, type Change, type ChangeResult } from '../../shared/client/changes';
import type { StatuspageApi } from './client';
import { withLocks } from '../../shared/client/locks';
import { PAGE_SIZE } from './paging';
import type { Viewer, ViewerGroup } from './endpoints';
import { isStatuspageId } from './objects/objectKind';
import { viewer as viewerKind } from './objects/viewer';
import { viewerGroup as groupKind } from './objects/viewerGroup';
import { viewersById } from './viewers';

/** Locks of the objects that membership is written on. */
export const lockName = {
	viewer: (api: StatuspageApi, pageId: string, id: string) => viewerKind.lockName(api, { pageId }, id),
	group: (api: StatuspageApi, pageId: string, id: string) => groupKind.lockName(api, { pageId }, id),
	/** Held alone by a write to groups that are not known beforehand. */
	allGroups: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} all viewer groups`,
};

/** One list of IDs in the service that is read, and written as a whole. */
interface Side {
	read: () => Promise<string[]>;
	/** Answers with the list as it is afterwards. */
	write: (ids: string[]) => Promise<string[]>;
}

function merged(current: string[], ids: string[], change: Change): string[] {
	if (change === 'add') return [...new Set([...current, ...ids])];
	const leaving = new Set(ids);
	return current.filter((id) => !leaving.has(id));
}

/** A write whose answer was lost may have been done: the list says so. */
async function writeOrLookUp(side: Side, ids: string[], isDone: (list: string[]) => boolean): Promise<string[]> {
	try {
		return await side.write(ids);
	} catch (error) {
		if (!mayHaveArrived(error)) throw passOn(error);
		const list = await side.read();
		if (!isDone(list)) throw passOn(error);
		return list;
	}
}

/** Adds IDs to a list, or takes them out; every ID is looked for in the answer. Must run under the locks of what it writes. */
async function changeSide(side: Side, ids: string[], change: Change): Promise<ChangeResult> {
	let current: string[] | undefined = await side.read();
	const asWanted = (list: string[]) => {
		const known = new Set(list);
		return (id: string) => known.has(id) === (change === 'add');
	};
	const unchanged = ids.filter(asWanted(current));
	const pending = new Set(ids);
	unchanged.forEach((id) => pending.delete(id));
	const result = await writeInHalves(
		[...pending],
		async (part) => {
			const before = current ?? (await side.read());
			// Until the write is known to have worked, the list is not known either.
			current = undefined;
			current = await writeOrLookUp(side, merged(before, part, change), (list) => part.every(asWanted(list)));
			const isDone = asWanted(current);
			const reason = `Statuspage answered as if all went well, but ${change === 'add' ? 'left it out' : 'kept it'}`;
			return part.filter((id) => !isDone(id)).map((id) => ({ id, reason }));
		},
	);
	return { ...result, unchanged };
}

/**
 * A group's viewers. A list of exactly N×100 may have been cut, and writing it back would throw the rest out: the list of viewers
 * names each one's groups, and is asked instead.
 */
export async function membersOf(api: StatuspageApi, pageId: string, group: ViewerGroup): Promise<string[]> {
	const listed = group.page_access_user_ids;
	if (listed.length === 0 || listed.length % PAGE_SIZE !== 0) return listed;
	const viewers = await api.list('listViewers', { pageId }, { isExact: true, keep: (viewer) => viewer.page_access_group_ids.includes(group.id) });
	return [...new Set([...listed, ...viewers.map(({ id }) => id)])];
}

function groupSide(api: StatuspageApi, pageId: string, viewerGroupId: string, onRead: (group: ViewerGroup) => void): Side {
	const ids = { pageId, viewerGroupId };
	return {
		read: async () => {
			const group = await api.call('getViewerGroup', ids);
			onRead(group);
			return await membersOf(api, pageId, group);
		},
		write: async (page_access_user_ids) => {
			const group = await api.call('updateViewerGroup', ids, { body: { page_access_user_ids } });
			return await membersOf(api, pageId, group);
		},
	};
}

function viewerSide(api: StatuspageApi, pageId: string, viewerId: string, onRead: (viewer: Viewer) => void): Side {
	const ids = { pageId, viewerId };
	const groupsOf = (viewer: Viewer) => {
		onRead(viewer);
		return viewer.page_access_group_ids;
	};
	return {
		read: async () => groupsOf(await api.call('getViewer', ids)),
		write: async (page_access_group_ids) =>
			groupsOf(await api.call('updateViewer', ids, { body: { page_access_group_ids } })),
	};
}

/** Puts one viewer into groups, or takes the viewer out: one read and one write of the viewer. */
export async function changeGroupsOfViewer(
	api: StatuspageApi,
	pageId: string,
	viewerId: string,
	groupIds: string[],
	change: Change,
): Promise<ChangeResult & { viewer: Viewer }> {
	let viewer: Viewer | undefined;
	const side = viewerSide(api, pageId, viewerId, (row) => (viewer = row));
	const ids = [...new Set(groupIds)];
	const result = await withLocks(
		{ exclusive: [lockName.viewer(api, pageId, viewerId)], shared: ids.map((id) => lockName.group(api, pageId, id)) },
		api.connection.signal,
		async () => await changeSide(side, ids, change),
	);
	return { ...result, viewer: viewer as unknown as Viewer };
}

const NO_VIEWER = 'no viewer on this page has this ID. Use the email';

/** Texts that do not look like an ID, and are in no list, are looked for: an external login, say, must not count as an ID that is not there. */
async function withoutOthers(api: StatuspageApi, pageId: string, result: ChangeResult): Promise<ChangeResult> {
	const doubtful = result.unchanged.filter((id) => !isStatuspageId(id));
	const known = new Set((await viewersById(api, pageId, doubtful)).map(({ id }) => id));
	const unknown = new Set(doubtful.filter((id) => !known.has(id)));
	if (unknown.size === 0) return result;
	return {
		...result,
		unchanged: result.unchanged.filter((id) => !unknown.has(id)),
		failed: [...result.failed, ...[...unknown].map((id) => ({ id, reason: NO_VIEWER }))],
	};
}

/** Puts viewers into one group, or takes them out: written on the side with fewer records, on a tie the viewer's. */
export async function changeViewersOfGroup(
	api: StatuspageApi,
	pageId: string,
	viewerGroupId: string,
	viewerIds: string[],
	change: Change,
): Promise<ChangeResult & { group?: ViewerGroup }> {
	const ids = [...new Set(viewerIds)];
	if (ids.length === 1) return await changeOneViewerOfGroup(api, pageId, viewerGroupId, ids[0], change);
	let group: ViewerGroup | undefined;
	const side = groupSide(api, pageId, viewerGroupId, (row) => (group = row));
	const result = await withLocks(
		{
			exclusive: [lockName.group(api, pageId, viewerGroupId)],
			shared: [lockName.allGroups(api, pageId), ...ids.map((id) => lockName.viewer(api, pageId, id))],
		},
		api.connection.signal,
		async () => await changeSide(side, ids, change),
	);
	return { ...(change === 'remove' ? await withoutOthers(api, pageId, result) : result), group };
}

/** The same for many groups: one list of groups is read for all, and each group is written once. Answers by group. */
export async function changeViewersOfGroups(
	api: StatuspageApi,
	pageId: string,
	wanted: Map<string, string[]>,
	change: Change,
): Promise<Map<string, ChangeResult>> {
	const locks = {
		exclusive: [...wanted.keys()].map((id) => lockName.group(api, pageId, id)),
		shared: [lockName.allGroups(api, pageId), ...[...wanted.values()].flat().map((id) => lockName.viewer(api, pageId, id))],
	};
	return await withLocks(locks, api.connection.signal, async () => {
		const groups = await api.list('listViewerGroups', { pageId }, { isExact: true });
		const results = await Promise.all(
			[...wanted].map(async ([groupId, viewerIds]): Promise<[string, ChangeResult]> => {
				const group = groups.find(({ id }) => id === groupId);
				if (!group) return [groupId, { done: [], unchanged: [], failed: viewerIds.map((id) => ({ id, reason: `There is no viewer group ${groupId} any more` })) }];
				let listed: ViewerGroup | undefined = group;
				const side = groupSide(api, pageId, groupId, () => {});
				const read = async () => {
					const members = listed ? await membersOf(api, pageId, listed) : await side.read();
					listed = undefined;
					return members;
				};
				return [groupId, await changeSide({ ...side, read }, viewerIds, change)];
			}),
		);
		return new Map(results);
	});
}

async function changeOneViewerOfGroup(api: StatuspageApi, pageId: string, viewerGroupId: string, viewerId: string, change: Change): Promise<ChangeResult> {
	const asViewer = ({ done, unchanged, failed }: ChangeResult): ChangeResult => ({
		done: done.map(() => viewerId),
		unchanged: unchanged.map(() => viewerId),
		failed: failed.map(({ reason }) => ({ id: viewerId, reason })),
	});
	try {
		return asViewer(await changeGroupsOfViewer(api, pageId, viewerId, [viewerGroupId], change));
	} catch (error) {
		if (error instanceof Cancelled || !isRefusedRow(error)) throw passOn(error);
		return { done: [], unchanged: [], failed: [{ id: viewerId, reason: error.message }] };
	}
}
