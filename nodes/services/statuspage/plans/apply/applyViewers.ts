import { hasStatus, asError } from '../../../../shared/http/failures';
import type { Unit } from '../../../../shared/http/unit';
import type { StatuspageApi } from '../../statuspageApi';
import { withLocks } from '../../../../shared/client/locks';
import { lockName } from '../../lockName';
import type { Viewer } from '../../endpoints';
import { createViewer, viewerBehindConflict } from '../../createViewer';
import { findViewer } from '../../viewers';
import { viewerByEmail } from './viewerByEmail';
import { listOwnAccess } from './applyComponents';
import type { NewGroups } from './applyGroups';
import { fingerprintOf, type Change } from '../change';
import { stringsIn, type Facts } from '../facts';
import { viewerFacts } from '../viewerFacts';
import { VIEWER_NOT_FOUND, STALE, type Outcome } from './outcomes';
import { listRequests } from '../snapshot';

function isSameState(state: Facts, wanted: Facts | null): boolean {
	return fingerprintOf(state) === fingerprintOf(wanted);
}

/** Reads the viewer by ID, or else by email, because a viewer that was created again has a new ID. */
async function viewerByIdOrEmail(
	api: StatuspageApi,
	pageId: string,
	{ objectId, email }: Change,
	unit: Unit,
): Promise<Viewer | undefined> {
	try {
		return await api.call('getViewer', { pageId, viewerId: String(objectId) }, { unit });
	} catch (error) {
		if (!hasStatus(error, 404)) throw asError(error);
		return await viewerByEmail(api, pageId, email);
	}
}

async function addComponents(
	api: StatuspageApi,
	pageId: string,
	viewerId: string,
	component_ids: string[],
): Promise<void> {
	if (component_ids.length > 0)
		await api.call('addViewerComponents', { pageId, viewerId }, { body: { component_ids } });
}

/** Handles a viewer that already exists. It counts as created if it matches the plan, e.g. after an interrupted run. */
async function finishExisting(
	api: StatuspageApi,
	pageId: string,
	viewer: Viewer,
	groupIds: string[],
	{ after }: Change,
): Promise<Outcome> {
	const hasGroups = groupIds.every((id) => viewer.page_access_group_ids.includes(id));
	const hasLogin = after?.external_login === undefined || after.external_login === viewer.external_login;
	if (!hasGroups || !hasLogin) {
		return {
			result: 'stale',
			reason: `A viewer with this email (${viewer.id}) was created after the plan and differs from it. Create a new plan`,
			objectId: viewer.id,
		};
	}
	const wanted = stringsIn(after, 'componentIds');
	const held =
		wanted.length > 0
			? (await api.list('listViewerComponents', { pageId, viewerId: viewer.id }, { isExact: true })).map(({ id }) => id)
			: [];
	const missing = wanted.filter((id) => !held.includes(id));
	await addComponents(api, pageId, viewer.id, missing);
	return { result: missing.length > 0 ? 'done' : 'unchanged', objectId: viewer.id };
}

/** The group IDs of a new viewer, or an outcome if one of the groups does not exist. */
async function resolveGroupIds({ after }: Change, newGroups: NewGroups): Promise<string[] | Outcome> {
	const ids = stringsIn(after, 'groupIds');
	for (const name of stringsIn(after, 'newGroups')) {
		const found = await newGroups.idOf(name);
		if ('outcome' in found) return found.outcome;
		ids.push(found.id);
	}
	return ids;
}

export async function createPlannedViewer(
	api: StatuspageApi,
	pageId: string,
	change: Change,
	newGroups: NewGroups,
): Promise<Outcome> {
	const { after } = change;
	const groupIds = await resolveGroupIds(change, newGroups);
	if (!Array.isArray(groupIds)) return groupIds;
	const email = String(after?.email);
	// The plan only searched by email. An email that is stored in a different case would get a second viewer.
	const known = change.notConfirmed ? await findViewer(api, pageId, email) : undefined;
	if (known) return await finishExisting(api, pageId, known, groupIds, change);
	const login = after?.external_login;
	const fields = {
		email,
		...(login ? { external_login: String(login) } : {}),
		...(groupIds.length > 0 ? { page_access_group_ids: groupIds } : {}),
	};
	let viewer: Viewer;
	try {
		const shared = groupIds.map((id) => lockName.group(api, pageId, id));
		({ viewer } = await withLocks(
			{ shared },
			api.connection.signal,
			async () => await createViewer(api, pageId, fields),
		));
	} catch (error) {
		if (!hasStatus(error, 409)) throw asError(error);
		return await finishExisting(api, pageId, await viewerBehindConflict(api, pageId, email, error), groupIds, change);
	}
	await addComponents(api, pageId, viewer.id, stringsIn(after, 'componentIds'));
	const missing = groupIds.filter((id) => !viewer.page_access_group_ids.includes(id));
	if (missing.length > 0)
		return {
			result: 'failed',
			reason: `The viewer was created, but Statuspage did not add it to the viewer group${missing.length === 1 ? '' : 's'} ${missing.join(', ')}`,
			objectId: viewer.id,
		};
	return { result: 'done', objectId: viewer.id };
}

/** Reads and writes one viewer under the viewer's lock. */
async function withViewer(
	api: StatuspageApi,
	pageId: string,
	{ objectId }: Change,
	slots: number,
	work: (unit: Unit) => Promise<Outcome>,
): Promise<Outcome> {
	const id = String(objectId);
	const locks = { exclusive: [lockName.viewer(api, pageId, id), lockName.viewerAccess(api, pageId, id)] };
	return await withLocks(locks, api.connection.signal, async () => await api.unit(slots, work));
}

export async function updatePlannedViewer(api: StatuspageApi, pageId: string, change: Change): Promise<Outcome> {
	return await withViewer(api, pageId, change, 2, async (unit) => {
		const viewer = await viewerByIdOrEmail(api, pageId, change, unit);
		if (!viewer) return VIEWER_NOT_FOUND;
		const { before, after } = change;
		const now = Object.fromEntries(Object.keys({ ...before, ...after }).map((name) => [name, viewer[name] ?? null]));
		if (isSameState(now, after)) return { result: unit.mayHaveWritten ? 'done' : 'unchanged', objectId: viewer.id };
		if (!isSameState(now, before)) return { result: 'stale', reason: STALE, objectId: viewer.id };
		// Another node may have dropped a null value, which clears the field.
		const body = Object.fromEntries(Object.keys(now).map((name) => [name, after?.[name] ?? null]));
		await api.call('updateViewer', { pageId, viewerId: viewer.id }, { body, unit });
		return { result: 'done', objectId: viewer.id };
	});
}

/** Deletes a viewer whose access is exactly as planned, including own components and metrics, because a deletion is permanent. */
export async function deletePlannedViewer(api: StatuspageApi, pageId: string, change: Change): Promise<Outcome> {
	const slots =
		2 +
		listRequests(stringsIn(change.before, 'componentIds').length) +
		listRequests(stringsIn(change.before, 'metricIds').length);
	return await withViewer(api, pageId, change, slots, async (unit) => {
		const viewer = await viewerByIdOrEmail(api, pageId, change, unit);
		if (!viewer)
			return unit.mayHaveWritten
				? { result: 'done' }
				: { result: 'unchanged', reason: 'The viewer was already deleted' };
		const ids = { pageId, viewerId: viewer.id };
		const { componentIds, metricIds } = await listOwnAccess(api, ids, unit);
		if (!isSameState(viewerFacts(viewer, viewer.page_access_group_ids, componentIds, metricIds), change.before))
			return { result: 'stale', reason: STALE, objectId: viewer.id };
		await api.remove('deleteViewer', ids, { unit });
		return { result: 'done', objectId: viewer.id };
	});
}
