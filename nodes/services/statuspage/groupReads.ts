import { unlessMissing } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import type { ViewerGroup } from './endpoints';
import { PAGE_SIZE } from './paging';

/** The longest wait for other groups that could share the requests, in milliseconds. */
const LONGEST_EXTRA_MS = 700;

/** Up to this many groups are read one by one. */
const FEW = 2;

/** Groups that are read together. */
interface Batch {
	groupIds: Set<string>;
	/** When all of them may be read. */
	from: number;
	/** Groups that may only be read later are not added. */
	latest: number;
	isClosed: boolean;
	groups?: Promise<Map<string, ViewerGroup>>;
}

/** Reads pages of the list while each contains some of the groups, and the other groups one by one. */
async function readBatch(api: StatuspageApi, pageId: string, batch: Batch): Promise<Map<string, ViewerGroup>> {
	const { clock } = api.connection;
	// Other groups can postpone it meanwhile.
	while (clock.now() < batch.from) await clock.sleep(batch.from - clock.now());
	batch.isClosed = true;
	const missing = new Set(batch.groupIds);
	const found = new Map<string, ViewerGroup>();
	for (let page = 1; missing.size > FEW; page++) {
		const rows = await api.page('listViewerGroups', { pageId }, page, { size: PAGE_SIZE });
		const known = found.size;
		for (const group of rows) if (missing.delete(group.id)) found.set(group.id, group);
		if (rows.length < PAGE_SIZE || found.size === known) break;
	}
	const ids = [...missing];
	const groups = await Promise.all(
		ids.map((viewerGroupId) => unlessMissing(api.call('getViewerGroup', { pageId, viewerGroupId }))),
	);
	for (const group of groups) if (group) found.set(group.id, group);
	return found;
}

/**
 * The number of requests of a check of groups that were written together.
 *
 * @param positions of these groups in the list of all groups, from 0
 * @param count number of groups in the list
 */
export function checkRequests(positions: number[], count: number): number {
	let missing = positions;
	let pages = 0;
	while (missing.length > FEW) {
		const known = missing.length;
		const isLast = count < (pages + 1) * PAGE_SIZE;
		missing = missing.filter((position) => Math.floor(position / PAGE_SIZE) !== pages);
		pages++;
		if (isLast || missing.length === known) break;
	}
	return pages + missing.length;
}

/** Reads a group `afterMs` milliseconds from now or a little later, together with other groups of this run. Undefined if it no longer exists. */
export async function readGroupAgain(
	api: StatuspageApi,
	pageId: string,
	groupId: string,
	afterMs: number,
): Promise<ViewerGroup | undefined> {
	const from = api.connection.clock.now() + afterMs;
	const key = `group checks ${pageId}`;
	let [batch] = api.cache.get<Batch>(key);
	if (!batch || batch.isClosed || from > batch.latest) {
		batch = { groupIds: new Set(), from, latest: from + LONGEST_EXTRA_MS, isClosed: false };
		api.cache.set(key, batch);
	}
	batch.groupIds.add(groupId);
	batch.from = Math.max(batch.from, from);
	batch.groups ??= readBatch(api, pageId, batch);
	return (await batch.groups).get(groupId);
}
