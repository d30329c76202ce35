import { withLocks } from '../../../../shared/client/locks';
import { hasStatus, asError, unlessMissing } from '../../../../shared/http/failures';
import type { Unit } from '../../../../shared/http/unit';
import type { StatuspageApi } from '../../statuspageApi';
import { lockName } from '../../lockName';
import { viewerByEmail } from './viewerByEmail';
import type { Change } from '../change';
import { stringsIn, type Facts } from '../facts';
import { VIEWER_NOT_FOUND, STALE, type Outcome } from './outcomes';

interface ViewerIds extends Record<string, string> {
	pageId: string;
	viewerId: string;
}

/** IDs of a viewer's own components and metrics. */
export interface OwnAccess {
	componentIds: string[];
	metricIds: string[];
}

/** Reads a viewer's own components and metrics. The IDs are sorted. */
export async function listOwnAccess(api: StatuspageApi, ids: ViewerIds, unit: Unit): Promise<OwnAccess> {
	const [components, metrics] = await Promise.all([
		api.list('listViewerComponents', ids, { isExact: true, unit }),
		api.list('listViewerMetrics', ids, { isExact: true, unit }),
	]);
	return { componentIds: components.map(({ id }) => id).sort(), metricIds: metrics.map(({ id }) => id).sort() };
}

type ListName = keyof OwnAccess;

/** True for a state that an interrupted run of this change leaves: no other IDs were added, and no kept IDs were removed. */
function isIntermediate(now: string[], before: string[], after: string[]): boolean {
	const [held, wanted, readCurrent] = [new Set(before), new Set(after), new Set(now)];
	return (
		now.every((id) => held.has(id) || wanted.has(id)) && before.every((id) => !wanted.has(id) || readCurrent.has(id))
	);
}

/** Every change contains components. Metrics are only included if the viewer has any. */
function listsOfChange({ before, after }: Change): ListName[] {
	const isAbout = (facts: Facts | null) => facts?.metricIds !== undefined && facts.metricIds !== null;
	return isAbout(before) || isAbout(after) ? ['componentIds', 'metricIds'] : ['componentIds'];
}

async function readLists(api: StatuspageApi, ids: ViewerIds, lists: ListName[], unit: Unit): Promise<OwnAccess> {
	if (lists.length === 2) return await listOwnAccess(api, ids, unit);
	const rows = await api.list('listViewerComponents', ids, { isExact: true, unit });
	return { componentIds: rows.map(({ id }) => id).sort(), metricIds: [] };
}

/** Reads the viewer by ID, or else by email, because a viewer that was created again has a new ID. */
async function current(
	api: StatuspageApi,
	pageId: string,
	change: Change,
	lists: ListName[],
	unit: Unit,
): Promise<{ viewerId: string; now: OwnAccess } | undefined> {
	const viewerId = String(change.objectId);
	const now = await unlessMissing(readLists(api, { pageId, viewerId }, lists, unit));
	if (now) return { viewerId, now };
	const viewer = await viewerByEmail(api, pageId, change.email);
	return viewer && { viewerId: viewer.id, now: await readLists(api, { pageId, viewerId: viewer.id }, lists, unit) };
}

/** Number of requests if none is repeated. */
function slotsFor({ before, after }: Change, lists: ListName[]): number {
	const removals = lists.reduce(
		(sum, name) => sum + stringsIn(before, name).filter((id) => !stringsIn(after, name).includes(id)).length,
		0,
	);
	return lists.length + 1 + removals;
}

/** Adds own components in one request and then removes components and metrics one by one. A bulk removal without a body would remove all. */
export async function setComponents(api: StatuspageApi, pageId: string, change: Change): Promise<Outcome> {
	const lists = listsOfChange(change);
	let hasWritten = false;
	return await withLocks(
		{ exclusive: [lockName.viewerAccess(api, pageId, String(change.objectId))] },
		api.connection.signal,
		async () =>
			await api.unit(slotsFor(change, lists), async (unit): Promise<Outcome> => {
				const found = await current(api, pageId, change, lists, unit);
				const isRemoval = lists.every((name) => stringsIn(change.after, name).length === 0);
				if (!found)
					return isRemoval
						? { result: hasWritten ? 'done' : 'unchanged', reason: 'The viewer was deleted already' }
						: VIEWER_NOT_FOUND;
				const { viewerId, now } = found;
				const objectId = viewerId;
				const isPlanned = lists.every((name) =>
					isIntermediate(now[name], stringsIn(change.before, name), stringsIn(change.after, name)),
				);
				if (!isPlanned) return { result: 'stale', reason: STALE, objectId };
				const ids = { pageId, viewerId };
				for (const name of lists) {
					const wanted = stringsIn(change.after, name);
					const missing = wanted.filter((id) => !now[name].includes(id));
					const leaving = now[name].filter((id) => !wanted.includes(id));
					if (missing.length > 0 || leaving.length > 0) hasWritten = true;
					if (missing.length > 0) await addComponents(api, ids, name, missing, unit);
					for (const id of leaving) await removeOne(api, ids, name, id, unit);
				}
				return { result: hasWritten ? 'done' : 'unchanged', objectId };
			}),
	);
}

/** Only adds components, because plans never add own metrics. */
async function addComponents(
	api: StatuspageApi,
	ids: ViewerIds,
	name: ListName,
	component_ids: string[],
	unit: Unit,
): Promise<void> {
	if (name === 'metricIds') throw new Error('A plan cannot add own metrics');
	await api.call('addViewerComponents', ids, { body: { component_ids }, unit });
}

async function removeOne(api: StatuspageApi, ids: ViewerIds, name: ListName, id: string, unit: Unit): Promise<void> {
	try {
		if (name === 'componentIds') await api.remove('removeViewerComponent', { ...ids, componentId: id }, { unit });
		else await api.remove('removeViewerMetric', { ...ids, metricId: id }, { unit });
	} catch (error) {
		if (!hasStatus(error, 404)) throw asError(error);
		// Either another process removed it just now, or the viewer was deleted. The list shows which.
		const own = await unlessMissing(readLists(api, ids, [name, 'metricIds'], unit));
		if (own?.[name].includes(id)) throw asError(error);
	}
}
