import type { Change, ChangeResult } from '../../shared/client/changes';
import { concernsAll } from '../../shared/client/concernsAll';
import { Breather } from '../../shared/http/breather';
import { settleConcurrently } from '../../shared/http/concurrently';
import { Failure, asError, mayHaveArrived } from '../../shared/http/failures';
import { afterLostTry } from '../../shared/http/uncertainWrite';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { changeViewersOfGroups } from './membership';
import { viewerGroup } from './objects/viewerGroup';
import { addToList } from './plans/addToList';
import { viewersById } from './viewers';

/** A viewer, and the groups that it is added to or removed from. */
export interface GroupsOfViewer {
	viewerId: string;
	groupIds: string[];
	/** The viewer as it was read before in this run. */
	viewer?: Viewer;
}

/** The result by ID of group, and the viewer afterwards. */
export type GroupsResult = ChangeResult & { viewer: Viewer };

export type SettledGroups = PromiseSettledResult<GroupsResult>;

/** The viewer after its groups were written from the other side. */
function withGroups(viewer: Viewer, { done, unchanged }: ChangeResult, change: Change): Viewer {
	const changed = [...unchanged, ...done];
	const current = viewer.page_access_group_ids;
	const ids = change === 'add' ? [...new Set([...current, ...changed])] : current.filter((id) => !changed.includes(id));
	const { page_access_group_id: first } = viewer;
	return {
		...viewer,
		...(first === undefined ? {} : { page_access_group_id: ids.includes(String(first)) ? first : (ids[0] ?? null) }),
		page_access_group_ids: ids,
	};
}

/** Like `changeViewersOfGroups`, but an error that concerns one group does not fail the others. */
async function changeEachGroup(
	api: StatuspageApi,
	pageId: string,
	wanted: Map<string, string[]>,
	change: Change,
): Promise<{ results: Map<string, ChangeResult | Error>; isSecondTry: boolean }> {
	let wasLost: boolean;
	try {
		return { results: await changeViewersOfGroups(api, pageId, wanted, change), isSecondTry: false };
	} catch (error) {
		if (concernsAll(error)) throw asError(error);
		wasLost = mayHaveArrived(error);
		if (wanted.size === 1)
			return { results: new Map([...wanted.keys()].map((id) => [id, asError(error)])), isSecondTry: false };
	}
	const results = new Map<string, ChangeResult | Error>();
	for (const [groupId, viewerIds] of wanted) {
		try {
			const [[, result]] = await changeViewersOfGroups(api, pageId, new Map([[groupId, viewerIds]]), change);
			// The first try may have written these IDs, although the second could not.
			const failed = wasLost
				? result.failed.map((entry) => ({ ...entry, mayHaveArrived: true as const }))
				: result.failed;
			results.set(groupId, { ...result, failed });
		} catch (error) {
			const failure = wasLost && error instanceof Failure ? afterLostTry(error) : error;
			if (concernsAll(error)) throw asError(failure);
			results.set(groupId, asError(failure));
		}
	}
	return { results, isSecondTry: true };
}

/** The result of one viewer in one group. */
type Membership =
	| { part: 'done' | 'unchanged' }
	| { part: 'failed'; reason: string; mayHaveArrived?: true; error?: Error };

const NOT_WRITTEN: Membership = { part: 'failed', reason: 'Not written' };

/** A viewer that is removed from a group that doesn't exist. */
const UNCHANGED: Membership = { part: 'unchanged' };

/** The results of a group by ID of viewer. Searching a list for each of thousands of viewers would be slow. */
async function membershipsIn(
	result: ChangeResult | Error,
	breather: Breather,
): Promise<(viewerId: string) => Membership> {
	if (result instanceof Error) {
		const isUncertain = mayHaveArrived(result) ? { mayHaveArrived: true as const } : {};
		return () => ({ part: 'failed', reason: result.message, error: result, ...isUncertain });
	}
	const known = new Map<string, Membership>();
	for (const part of ['done', 'unchanged'] as const) {
		const membership = { part };
		for (const id of result[part]) {
			await breather.breathe();
			known.set(id, membership);
		}
	}
	for (const { id, ...failure } of result.failed) known.set(id, { part: 'failed', ...failure });
	return (viewerId) => known.get(viewerId) ?? NOT_WRITTEN;
}

/** Reads the viewers that were not read yet. A viewer that does not exist has the error of its read. */
async function readViewers(
	api: StatuspageApi,
	pageId: string,
	viewers: GroupsOfViewer[],
	concurrency: number,
): Promise<Map<string, PromiseSettledResult<Viewer>>> {
	const read = new Map<string, PromiseSettledResult<Viewer>>();
	const found = (viewer: Viewer) => read.set(viewer.id, { status: 'fulfilled', value: viewer });
	const unread: string[] = [];
	for (const { viewerId, viewer } of viewers) {
		if (viewer) found(viewer);
		else unread.push(viewerId);
	}
	for (const viewer of await viewersById(api, pageId, unread)) found(viewer);
	const missing = unread.filter((id) => !read.has(id));
	const settled = await settleConcurrently({
		count: missing.length,
		concurrency,
		clock: api.connection.clock,
		run: async (index) => await api.call('getViewer', { pageId, viewerId: missing[index] }),
	});
	missing.forEach((id, index) => read.set(id, settled[index] as PromiseSettledResult<Viewer>));
	return read;
}

/** Writes each group once, for all its viewers. */
export async function writeToGroups(
	api: StatuspageApi,
	pageId: string,
	viewers: GroupsOfViewer[],
	change: Change,
	concurrency: number,
): Promise<Map<string, SettledGroups>> {
	const breather = new Breather(api.connection.clock);
	const rows = await readViewers(api, pageId, viewers, concurrency);
	// A group that doesn't exist has no viewers to remove. Additions to one were rejected before.
	const groups = change === 'remove' ? await viewerGroup.all(api, { pageId }) : [];
	const existing = new Set(groups.map(({ id }) => id));
	const wanted = new Map<string, string[]>();
	const isWritten = (viewer: Viewer, groupId: string) =>
		change === 'add' || existing.has(groupId) || viewer.page_access_group_ids.includes(groupId);
	for (const { viewerId, groupIds } of viewers) {
		await breather.breathe();
		const row = rows.get(viewerId);
		if (row?.status !== 'fulfilled') continue;
		for (const groupId of groupIds) {
			if (!isWritten(row.value, groupId)) continue;
			addToList(wanted, groupId, viewerId);
		}
	}
	const { results, isSecondTry } = await changeEachGroup(api, pageId, wanted, change);
	const memberships = new Map<string, (viewerId: string) => Membership>();
	for (const [groupId, result] of results) memberships.set(groupId, await membershipsIn(result, breather));
	const settled = new Map<string, SettledGroups>();
	for (const { viewerId, groupIds } of viewers) {
		await breather.breathe();
		const row = rows.get(viewerId) as PromiseSettledResult<Viewer>;
		if (row.status === 'rejected') settled.set(viewerId, row);
		else {
			const membershipOf = (groupId: string) => memberships.get(groupId)?.(viewerId) ?? UNCHANGED;
			settled.set(viewerId, settledOf(row.value, groupIds, membershipOf, { change, isSecondTry }));
		}
	}
	return settled;
}

/** The result of one viewer. It is an error if all its groups had one. */
function settledOf(
	viewer: Viewer,
	groupIds: string[],
	membershipOf: (groupId: string) => Membership,
	{ change, isSecondTry }: { change: Change; isSecondTry: boolean },
): SettledGroups {
	const result: ChangeResult = { done: [], unchanged: [], failed: [] };
	const errors: Error[] = [];
	for (const id of groupIds) {
		const membership = membershipOf(id);
		if (membership.part === 'failed') {
			const { part, error, ...failure } = membership;
			result[part].push({ id, ...failure });
			if (error) errors.push(error);
			continue;
		}
		// The first try may have written this group before another group had an error.
		const wasAsWanted = viewer.page_access_group_ids.includes(id) === (change === 'add');
		result[isSecondTry && !wasAsWanted ? 'done' : membership.part].push(id);
	}
	if (errors.length > 0 && errors.length === groupIds.length) return { status: 'rejected', reason: errors[0] };
	return { status: 'fulfilled', value: { ...result, viewer: withGroups(viewer, result, change) } };
}
