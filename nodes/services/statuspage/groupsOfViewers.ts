import { splitByRequester, type Change } from '../../shared/client/changes';
import { concernsAll } from '../../shared/client/concernsAll';
import { Breather } from '../../shared/http/breather';
import { settleConcurrently } from '../../shared/http/concurrently';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { changeGroupsOfViewer, fitsTogether } from './membership';
import { addToList } from './plans/addToList';
import { writeToGroups, type GroupsOfViewer, type SettledGroups } from './writeToGroups';

/** Requests for the read and the write of one viewer. */
const PER_VIEWER = 2;

/**
 * True if writing the groups takes fewer requests than writing the viewers. Each group is written once. Its members are read before
 * and after. Viewers that were not read yet must be read, because they are the output.
 *
 * @param limit requests in the rate limit window
 */
export function writesGroups(counts: { viewers: number; unread: number; groups: number; limit: number }): boolean {
	const { viewers, unread, groups, limit } = counts;
	const reads = fitsTogether(groups, limit) ? 1 : groups;
	return groups + 2 * reads + unread < PER_VIEWER * viewers;
}

/** The requests by viewer, each viewer once. */
async function byViewer(requests: GroupsOfViewer[], breather: Breather): Promise<GroupsOfViewer[]> {
	const merged = new Map<string, { viewer?: Viewer; groupIds: Set<string> }>();
	for (const { viewerId, groupIds, viewer } of requests) {
		await breather.breathe();
		const known = merged.get(viewerId) ?? { groupIds: new Set() };
		groupIds.forEach((id) => known.groupIds.add(id));
		merged.set(viewerId, { viewer: viewer ?? known.viewer, groupIds: known.groupIds });
	}
	return [...merged].map(([viewerId, { viewer, groupIds }]) => ({ viewerId, viewer, groupIds: [...groupIds] }));
}

function areGroupsFewer(api: StatuspageApi, viewers: GroupsOfViewer[]): boolean {
	return writesGroups({
		viewers: viewers.length,
		unread: viewers.filter(({ viewer }) => !viewer).length,
		groups: new Set(viewers.flatMap(({ groupIds }) => groupIds)).size,
		limit: api.connection.window.limit,
	});
}

/** True if `changeGroupsOfViewers` writes each group once instead of each viewer. */
export async function sharesWrites(api: StatuspageApi, requests: GroupsOfViewer[]): Promise<boolean> {
	return areGroupsFewer(api, await byViewer(requests, new Breather(api.connection.clock)));
}

/** If several requests name the same viewer and group, only the first one counts as a change. */
async function splitByRequest(
	requests: GroupsOfViewer[],
	settled: Map<string, SettledGroups>,
	breather: Breather,
): Promise<SettledGroups[]> {
	const positions = new Map<string, number[]>();
	requests.forEach(({ viewerId }, position) => addToList(positions, viewerId, position));
	const results = new Array<SettledGroups>(requests.length);
	for (const [viewerId, ofViewer] of positions) {
		await breather.breathe();
		const result = settled.get(viewerId) as SettledGroups;
		if (result.status === 'rejected' || ofViewer.length === 1) {
			ofViewer.forEach((position) => (results[position] = result));
			continue;
		}
		const { viewer, ...change } = result.value;
		const lists = ofViewer.map((position) => requests[position].groupIds.map((id) => ({ requested: id, id })));
		splitByRequester(change, lists, '').forEach((part, index) => {
			results[ofViewer[index]] = { status: 'fulfilled', value: { ...part, viewer } };
		});
	}
	return results;
}

function stopsOthers(result: SettledGroups): boolean {
	return result.status === 'rejected' && concernsAll(result.reason);
}

/** Writes each viewer by itself. After an error that concerns the whole page, no other viewer is written. */
async function writeToViewers(
	api: StatuspageApi,
	pageId: string,
	viewers: GroupsOfViewer[],
	change: Change,
	concurrency: number,
): Promise<Map<string, SettledGroups>> {
	const settled = await settleConcurrently({
		count: viewers.length,
		concurrency,
		clock: api.connection.clock,
		run: async (index) => {
			const { viewerId, groupIds } = viewers[index];
			return await changeGroupsOfViewer(api, pageId, viewerId, groupIds, change);
		},
		stopsAfter: stopsOthers,
	});
	const reason = settled.find((result) => result !== undefined && stopsOthers(result));
	return new Map(viewers.map(({ viewerId }, index) => [viewerId, (settled[index] ?? reason) as SettledGroups]));
}

/**
 * Adds viewers to groups or removes them. Writes the groups or the viewers, whichever takes fewer requests. Requests for the same
 * viewer are combined.
 *
 * @param concurrency the largest number of viewers that are written at the same time
 * @returns one result per request, in their order
 * @throws Failure or Cancelled if nothing can be said about any request
 */
export async function changeGroupsOfViewers(
	api: StatuspageApi,
	pageId: string,
	requests: GroupsOfViewer[],
	change: Change,
	concurrency: number,
): Promise<SettledGroups[]> {
	const breather = new Breather(api.connection.clock);
	const viewers = await byViewer(requests, breather);
	const write = areGroupsFewer(api, viewers) ? writeToGroups : writeToViewers;
	const settled = await write(api, pageId, viewers, change, concurrency);
	return await splitByRequest(requests, settled, breather);
}
