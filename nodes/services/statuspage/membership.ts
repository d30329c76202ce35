import { isRejected, type Change, type ChangeResult } from '../../shared/client/changes';
import { lock, withLocks } from '../../shared/client/locks';
import type { LockRequest } from '../../shared/client/lockTable';
import { breatheAfter } from '../../shared/http/breatheAfter';
import { Cancelled, Outdated, asError, unlessMissing } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer, ViewerGroup } from './endpoints';
import { checkChange } from './checkedChange';
import { mayBeCut } from './fullMembers';
import { groupSide, type GroupSide, type Judge } from './groupSide';
import { lockName } from './lockName';
import { isStatuspageId } from './objects/objectKind';
import { MayBeCut, SideChange } from './sideChange';
import { viewersById } from './viewers';
import { missingGroup, viewerSide } from './viewerSide';

/**
 * Adds one viewer to groups or removes it from them, with one read and one write of the viewer. If other processes share the key, the
 * viewer is read once more.
 */
export async function changeGroupsOfViewer(
	api: StatuspageApi,
	pageId: string,
	viewerId: string,
	groupIds: string[],
	change: Change,
	judge?: Judge,
): Promise<ChangeResult & { viewer: Viewer }> {
	let viewer: Viewer | undefined;
	const ids = [...new Set(groupIds)];
	const side = viewerSide(api, pageId, viewerId, ids.length, judge, (row) => (viewer = row));
	const locks = {
		exclusive: [lockName.viewer(api, pageId, viewerId)],
		shared: ids.map((id) => lockName.group(api, pageId, id)),
	};
	const work = new SideChange(api, side, change);
	const written = await withLocks(locks, api.connection.signal, async () => {
		const result = await work.run(ids);
		if (api.connection.isShared) work.beginWatch();
		return result;
	});
	const result = await checkChange(api, side, work, locks, written);
	return { ...result, viewer: viewer as unknown as Viewer };
}

const NO_VIEWER = 'There is no viewer with this ID on the page. Use the email';

/**
 * Removals of texts that don't look like an ID fail unless a viewer has this ID. Otherwise an external login, for example, would count
 * as a viewer outside the group.
 */
async function failUnknownTexts(api: StatuspageApi, pageId: string, result: ChangeResult): Promise<ChangeResult> {
	const suspicious = result.unchanged.filter((id) => !isStatuspageId(id));
	const known = new Set((await viewersById(api, pageId, suspicious)).map(({ id }) => id));
	const unknown = new Set(suspicious.filter((id) => !known.has(id)));
	if (unknown.size === 0) return result;
	return {
		...result,
		unchanged: result.unchanged.filter((id) => !unknown.has(id)),
		failed: [...result.failed, ...[...unknown].map((id) => ({ id, reason: NO_VIEWER }))],
	};
}

/** Adds viewers to one group or removes them. Writes the group and reads it once more, or writes the viewer if there is only one. */
export async function changeViewersOfGroup(
	api: StatuspageApi,
	pageId: string,
	viewerGroupId: string,
	viewerIds: string[],
	change: Change,
): Promise<ChangeResult & { group?: ViewerGroup }> {
	const ids = [...new Set(viewerIds)];
	if (ids.length === 1) return await changeOneViewerOfGroup(api, pageId, viewerGroupId, ids[0], change);
	const { clock, signal } = api.connection;
	await breatheAfter(ids.length, clock);
	const side = groupSide(api, pageId, viewerGroupId);
	const locks = locksOf(api, pageId, new Map([[viewerGroupId, ids]]));
	const work = new SideChange(api, side, change);
	await breatheAfter(ids.length, clock);
	const release = await lock(locks, signal);
	let written: ChangeResult;
	try {
		await breatheAfter(ids.length, clock);
		written = await work.run(ids);
		work.beginWatch();
	} finally {
		release();
	}
	await breatheAfter(ids.length, clock);
	const result = await checkChange(api, side, work, locks, written);
	return { ...(change === 'remove' ? await failUnknownTexts(api, pageId, result) : result), group: side.group };
}

/** True if one list of groups and a write of each fit into one unit of the rate limit window. */
export function fitsTogether(groups: number, limit: number): boolean {
	return groups > 1 && groups + 1 <= limit;
}

/** The locks for writes of groups. */
function locksOf(api: StatuspageApi, pageId: string, wanted: Map<string, string[]>): LockRequest {
	const viewerLock = lockName.viewers(api, pageId);
	const shared = [lockName.allGroups(api, pageId)];
	for (const ids of wanted.values()) for (const id of ids) shared.push(viewerLock(id));
	return { exclusive: [...wanted.keys()].map((id) => lockName.group(api, pageId, id)), shared };
}

/** A group, and its change. */
interface GroupChange {
	side: GroupSide;
	work: SideChange;
}

/**
 * Like `changeViewersOfGroup`, for many groups. If the rate limit window is large enough, one list of groups replaces the read of each.
 *
 * @param wanted IDs of viewers by ID of group
 * @returns results by ID of group
 */
export async function changeViewersOfGroups(
	api: StatuspageApi,
	pageId: string,
	wanted: Map<string, string[]>,
	change: Change,
	judge?: Judge,
): Promise<Map<string, ChangeResult>> {
	const changes = new Map(
		[...wanted.keys()].map((groupId) => {
			const side = groupSide(api, pageId, groupId, judge);
			return [groupId, { side, work: new SideChange(api, side, change) }] as const;
		}),
	);
	const written = await withLocks(locksOf(api, pageId, wanted), api.connection.signal, async () => {
		const results = fitsTogether(wanted.size, api.connection.window.limit)
			? await changeInOneUnit(api, pageId, wanted, changes)
			: new Map<string, ChangeResult>();
		const others = [...changes].filter(([groupId]) => !results.has(groupId));
		await Promise.all(
			others.map(async ([groupId, { work }]) => {
				const viewerIds = wanted.get(groupId) ?? [];
				results.set(groupId, await failedIfGroupIsMissing(groupId, viewerIds, async () => await work.run(viewerIds)));
			}),
		);
		for (const { work } of changes.values()) work.beginWatch();
		return results;
	});
	const checked = [...changes].map(async ([groupId, { side, work }]) => {
		const locks = locksOf(api, pageId, new Map([[groupId, wanted.get(groupId) ?? []]]));
		const result = written.get(groupId) as ChangeResult;
		return [groupId, await checkChange(api, side, work, locks, result)] as const;
	});
	return new Map(await Promise.all(checked));
}

async function failedIfGroupIsMissing(
	groupId: string,
	viewerIds: string[],
	work: () => Promise<ChangeResult>,
): Promise<ChangeResult> {
	return (
		(await unlessMissing(work())) ?? {
			done: [],
			unchanged: [],
			failed: viewerIds.map((id) => ({ id, reason: missingGroup(groupId) })),
		}
	);
}

/** Reads one list for all groups. Groups that need more than one write, or whose members may be truncated, have no result. */
async function changeInOneUnit(
	api: StatuspageApi,
	pageId: string,
	wanted: Map<string, string[]>,
	changes: ReadonlyMap<string, GroupChange>,
): Promise<Map<string, ChangeResult>> {
	const results = new Map<string, ChangeResult>();
	for (const [groupId, viewerIds] of wanted) changes.get(groupId)?.work.note(viewerIds);
	const skipped = new Set<string>();
	await api.unit(wanted.size + 1, async (unit) => {
		const groups = await api.list('listViewerGroups', { pageId }, { isExact: true, unit });
		const writes = [...wanted].map(async ([groupId, viewerIds]) => {
			const group = groups.find(({ id }) => id === groupId);
			const known = changes.get(groupId);
			if (results.has(groupId) || skipped.has(groupId) || !known) return;
			if (!group || mayBeCut(group.page_access_user_ids.length)) {
				skipped.add(groupId);
				return;
			}
			const { side, work } = known;
			// The list is the first read. After a lost answer, the group itself is read.
			let listed: ViewerGroup | undefined = group;
			const { read } = side;
			side.read = async (ofUnit) => {
				if (!listed) return await read(ofUnit);
				side.group = listed;
				listed = undefined;
				return side.group.page_access_user_ids;
			};
			try {
				const failed = await work.write(viewerIds, unit);
				const bad = new Set(failed.map(({ id }) => id));
				results.set(groupId, work.resultOf({ done: viewerIds.filter((id) => !bad.has(id)), unchanged: [], failed }));
			} catch (error) {
				if (!isRejected(error) && !(error instanceof MayBeCut)) throw asError(error);
				skipped.add(groupId);
			} finally {
				side.read = read;
			}
		});
		// All writes have to settle before the list is read again.
		const settled = await Promise.allSettled(writes);
		const failures = settled.flatMap((result) => (result.status === 'rejected' ? [asError(result.reason)] : []));
		const [failure] = [...failures.filter((error) => !(error instanceof Outdated)), ...failures];
		if (failure) throw failure;
	});
	return results;
}

async function changeOneViewerOfGroup(
	api: StatuspageApi,
	pageId: string,
	viewerGroupId: string,
	viewerId: string,
	change: Change,
): Promise<ChangeResult> {
	const asViewer = ({ done, unchanged, failed }: ChangeResult): ChangeResult => ({
		done: done.map(() => viewerId),
		unchanged: unchanged.map(() => viewerId),
		failed: failed.map(({ reason }) => ({ id: viewerId, reason })),
	});
	try {
		return asViewer(await changeGroupsOfViewer(api, pageId, viewerId, [viewerGroupId], change));
	} catch (error) {
		if (error instanceof Cancelled || !isRejected(error)) throw asError(error);
		return { done: [], unchanged: [], failed: [{ id: viewerId, reason: error.message }] };
	}
}
