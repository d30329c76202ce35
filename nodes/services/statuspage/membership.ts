import { Cancelled, mayHaveArrived, Outdated, passOn, unlessMissing } from '../../shared/http/failures';
import type { Unit } from '../../shared/http/unit';
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
	/** What a viewer has besides the viewer groups. */
	viewerAccess: (api: StatuspageApi, pageId: string, id: string) => `${viewerKind.lockName(api, { pageId }, id)} components`,
	/** Statuspage accepts a name twice: two executions that look at the same time would both create the group. */
	groupNames: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} viewer group names`,
	/** Held alone by a write to groups that are not known beforehand. */
	allGroups: (api: StatuspageApi, pageId: string) => `${api.connection.baseUrl} ${pageId} all viewer groups`,
};

/** One list of IDs in the service that is read, and written as a whole. */
interface Side {
	/** Requests of one read and one write. */
	places: number;
	read: (unit: Unit) => Promise<string[]>;
	/** Answers with the list as it is afterwards. */
	write: (ids: string[], unit: Unit) => Promise<string[]>;
	/** Why some of these IDs must not be written, after the read. */
	objections?: (ids: string[], unit: Unit) => Promise<ChangeResult['failed']>;
}

function merged(current: string[], ids: string[], change: Change): string[] {
	if (change === 'add') return [...new Set([...current, ...ids])];
	const leaving = new Set(ids);
	return current.filter((id) => !leaving.has(id));
}

/** A write whose answer was lost may have been done: the list says so. */
async function writeOrLookUp(side: Side, unit: Unit, ids: string[], isDone: (list: string[]) => boolean): Promise<string[]> {
	try {
		return await side.write(ids, unit);
	} catch (error) {
		if (!mayHaveArrived(error)) throw passOn(error);
		const list = await side.read(unit);
		if (!isDone(list)) throw passOn(error);
		return list;
	}
}

/** The change of one list, from its first read to its last write. */
class SideChange {
	readonly #unchanged = new Set<string>();

	constructor(
		private readonly side: Side,
		private readonly change: Change,
	) {}

	/** One read and one write. Answers with the IDs that were not written, and why. */
	async write(part: string[], unit: Unit): Promise<ChangeResult['failed']> {
		const { side, change } = this;
		const before = await side.read(unit);
		const isThere = this.#asWanted(before);
		const already = part.filter(isThere);
		// What is as wanted after a write whose answer was lost was done by that write.
		if (!unit.mayHaveWritten) already.forEach((id) => this.#unchanged.add(id));
		const pending = part.filter((id) => !isThere(id));
		const objections = (pending.length > 0 && (await side.objections?.(pending, unit))) || [];
		const objected = new Set(objections.map(({ id }) => id));
		const ids = pending.filter((id) => !objected.has(id));
		if (ids.length === 0) return objections;
		const after = await writeOrLookUp(side, unit, merged(before, ids, change), (list) => ids.every(this.#asWanted(list)));
		const isDone = this.#asWanted(after);
		const reason = `Statuspage answered as if all went well, but ${change === 'add' ? 'left it out' : 'kept it'}`;
		return [...objections, ...ids.filter((id) => !isDone(id)).map((id) => ({ id, reason }))];
	}

	/** What the writes amount to. */
	resultOf({ done, failed }: ChangeResult): ChangeResult {
		return { done: done.filter((id) => !this.#unchanged.has(id)), unchanged: done.filter((id) => this.#unchanged.has(id)), failed };
	}

	#asWanted(list: string[]): (id: string) => boolean {
		const known = new Set(list);
		return (id) => known.has(id) === (this.change === 'add');
	}
}

/** Adds IDs to a list, or removes them; every ID is looked for in the answer. Must run under the locks of what it writes. */
async function changeSide(api: StatuspageApi, side: Side, ids: string[], change: Change): Promise<ChangeResult> {
	const work = new SideChange(side, change);
	const round = async (part: string[]) => await api.unit(side.places, async (unit) => await work.write(part, unit));
	return work.resultOf(await writeInHalves(ids, async (part) => await withWholeLists(async () => await round(part))));
}

/**
 * A group's viewers. A list of exactly N×100 may have been cut, and writing it back would throw the rest out: the list of viewers
 * names each one's groups, and is asked instead.
 */
export async function membersOf(api: StatuspageApi, pageId: string, group: ViewerGroup): Promise<string[]> {
	const listed = group.page_access_user_ids;
	if (!mayBeCut(listed.length)) return listed;
	const viewers = await api.list('listViewers', { pageId }, { isExact: true, keep: (viewer) => viewer.page_access_group_ids.includes(group.id) });
	return [...new Set([...listed, ...viewers.map(({ id }) => id)])];
}

/** A group whose list of members may be cut. What is missing is not known before the viewers of the page are read. */
class MayBeCut extends Error {
	/** @param lookUp reads the viewers of the page, so that the next read knows */
	constructor(readonly lookUp: () => Promise<void>) {
		super('The list of members may be cut');
	}
}

/** A group as it was when the viewers of the page were read, and all of its members. */
interface WholeList {
	listed: string;
	members: string[];
}

/** Changes of a group during its check, before it counts as one that does not hold still. */
const MOST_CHECKS = 3;

interface GroupSide extends Side {
	pageId: string;
	group?: ViewerGroup;
	whole?: WholeList;
}

function listedIn({ page_access_user_ids }: ViewerGroup): string {
	return page_access_user_ids.join();
}

export function mayBeCut(members: number): boolean {
	return members > 0 && members % PAGE_SIZE === 0;
}

/** The viewers of the page are many requests, which must not come between a group and its write. They are read before, and the group again. */
async function withWholeLists<T>(work: () => Promise<T>): Promise<T> {
	for (let checks = 0; ; checks++) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof MayBeCut) || checks === MOST_CHECKS) throw passOn(error);
			await error.lookUp();
		}
	}
}

/** Why a viewer must not be written to a group as it is now; nothing when it may be. */
export type Judge = (group: ViewerGroup, viewerId: string) => string | undefined;

function objectionsOf(judge: Judge | undefined, pairs: Array<{ group: ViewerGroup; viewerId: string; id: string }>): ChangeResult['failed'] {
	return pairs.flatMap(({ group, viewerId, id }) => {
		const reason = judge?.(group, viewerId);
		return reason === undefined ? [] : [{ id, reason }];
	});
}

function groupSide(api: StatuspageApi, pageId: string, viewerGroupId: string, judge?: Judge): GroupSide {
	const ids = { pageId, viewerGroupId };
	const side: GroupSide = {
		pageId,
		places: 2,
		read: async (unit) => {
			side.group = await api.call('getViewerGroup', ids, { unit });
			return wholeMembers(api, side, side.group);
		},
		objections: async (viewerIds) => objectionsOf(judge, viewerIds.map((id) => ({ group: side.group as ViewerGroup, viewerId: id, id }))),
		write: async (page_access_user_ids, unit) => {
			side.group = await api.call('updateViewerGroup', ids, { body: { page_access_user_ids }, unit });
			return await membersOf(api, pageId, side.group);
		},
	};
	return side;
}

/** The members of a group that was just read. Throws MayBeCut when they must be looked for first. */
function wholeMembers(api: StatuspageApi, side: GroupSide, group: ViewerGroup): string[] {
	if (!mayBeCut(group.page_access_user_ids.length)) return group.page_access_user_ids;
	if (side.whole?.listed === listedIn(group)) return side.whole.members;
	throw new MayBeCut(async () => {
		side.whole = { listed: listedIn(group), members: await membersOf(api, side.pageId, group) };
	});
}

/** Reads of groups on the viewer's side are needed only where they are judged. */
function viewerSide(api: StatuspageApi, pageId: string, viewerId: string, groupCount: number, judge: Judge | undefined, onRead: (viewer: Viewer) => void): Side {
	const ids = { pageId, viewerId };
	const groupsOf = (viewer: Viewer) => {
		onRead(viewer);
		return viewer.page_access_group_ids;
	};
	return {
		places: 2 + (judge ? groupCount : 0),
		read: async (unit) => groupsOf(await api.call('getViewer', ids, { unit })),
		objections: async (groupIds, unit) => {
			if (!judge) return [];
			const groups = await Promise.all(groupIds.map(async (viewerGroupId) => await unlessMissing(api.call('getViewerGroup', { pageId, viewerGroupId }, { unit }))));
			const missing = groupIds.filter((_, index) => !groups[index]).map((id) => ({ id, reason: noGroup(id) }));
			return [...missing, ...objectionsOf(judge, groups.flatMap((group) => (group ? [{ group, viewerId, id: group.id }] : [])))];
		},
		write: async (page_access_group_ids, unit) => groupsOf(await api.call('updateViewer', ids, { body: { page_access_group_ids }, unit })),
	};
}

function noGroup(id: string): string {
	return `There is no viewer group ${id} any more`;
}

/** Adds one viewer to groups, or removes the viewer: one read and one write of the viewer. */
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
	const result = await withLocks(
		{ exclusive: [lockName.viewer(api, pageId, viewerId)], shared: ids.map((id) => lockName.group(api, pageId, id)) },
		api.connection.signal,
		async () => await changeSide(api, side, ids, change),
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
	const side = groupSide(api, pageId, viewerGroupId);
	const result = await withLocks(
		{
			exclusive: [lockName.group(api, pageId, viewerGroupId)],
			shared: [lockName.allGroups(api, pageId), ...ids.map((id) => lockName.viewer(api, pageId, id))],
		},
		api.connection.signal,
		async () => await changeSide(api, side, ids, change),
	);
	return { ...(change === 'remove' ? await withoutOthers(api, pageId, result) : result), group: side.group };
}

/** One list of groups and a write of each fit into places of the window that are taken together. */
export function fitsTogether(groups: number, limit: number): boolean {
	return groups > 1 && groups + 1 <= limit;
}

/**
 * The same for many groups. Where the window has room for it, one list of groups is read for all, and each group is written directly
 * after it. Answers by group.
 */
export async function changeViewersOfGroups(
	api: StatuspageApi,
	pageId: string,
	wanted: Map<string, string[]>,
	change: Change,
	judge?: Judge,
): Promise<Map<string, ChangeResult>> {
	const locks = {
		exclusive: [...wanted.keys()].map((id) => lockName.group(api, pageId, id)),
		shared: [lockName.allGroups(api, pageId), ...[...wanted.values()].flat().map((id) => lockName.viewer(api, pageId, id))],
	};
	return await withLocks(locks, api.connection.signal, async () => {
		const results = fitsTogether(wanted.size, api.connection.window.limit) ? await changeTogether(api, pageId, wanted, change, judge) : new Map<string, ChangeResult>();
		const others = [...wanted].filter(([groupId]) => !results.has(groupId));
		await Promise.all(
			others.map(async ([groupId, viewerIds]) => {
				results.set(groupId, await failedWhereMissing(groupId, viewerIds, async () => await changeSide(api, groupSide(api, pageId, groupId, judge), viewerIds, change)));
			}),
		);
		return results;
	});
}

async function failedWhereMissing(groupId: string, viewerIds: string[], work: () => Promise<ChangeResult>): Promise<ChangeResult> {
	return (await unlessMissing(work())) ?? { done: [], unchanged: [], failed: viewerIds.map((id) => ({ id, reason: noGroup(groupId) })) };
}

/** One list for all groups. Those that need more than one write, and those whose list may be cut, are left to the caller. */
async function changeTogether(api: StatuspageApi, pageId: string, wanted: Map<string, string[]>, change: Change, judge: Judge | undefined): Promise<Map<string, ChangeResult>> {
	const results = new Map<string, ChangeResult>();
	const sides = new Map([...wanted.keys()].map((groupId) => {
		const side = groupSide(api, pageId, groupId, judge);
		return [groupId, { side, work: new SideChange(side, change) }] as const;
	}));
	const left = new Set<string>();
	await api.unit(wanted.size + 1, async (unit) => {
		const groups = await api.list('listViewerGroups', { pageId }, { isExact: true, unit });
		const writes = [...wanted].map(async ([groupId, viewerIds]) => {
			const group = groups.find(({ id }) => id === groupId);
			const known = sides.get(groupId);
			if (results.has(groupId) || left.has(groupId) || !known) return;
			if (!group || mayBeCut(group.page_access_user_ids.length)) {
				left.add(groupId);
				return;
			}
			const { side, work } = known;
			// The list was the read. After a lost answer the group itself is read.
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
				if (!isRefusedRow(error)) throw passOn(error);
				left.add(groupId);
			} finally {
				side.read = read;
			}
		});
		// All writes end before the list is read again.
		const ended = await Promise.allSettled(writes);
		const failures = ended.flatMap((result) => (result.status === 'rejected' ? [passOn(result.reason)] : []));
		const [failure] = [...failures.filter((error) => !(error instanceof Outdated)), ...failures];
		if (failure) throw failure;
	});
	return results;
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
