import { hasStatus, passOn } from '../../../shared/http/failures';
import type { StatuspageApi } from '../client';
import { withLocks } from '../../../shared/client/locks';
import { isSameName, nameKey } from '../../../shared/client/matching';
import { viewerGroup } from '../objects/viewerGroup';
import { lockName } from '../membership';
import type { Viewer } from '../endpoints';
import { createViewer, findViewer, viewerBehindConflict } from '../viewers';
import { fingerprintOf, listIn, type Change, type Facts } from './change';
import { viewerFacts } from './match';
import { STALE, type Outcome } from './outcomes';
import { listRequests } from './snapshot';

/** The IDs of groups that this run created, or found, by name as `nameKey` gives it. */
export type GroupIds = Map<string, string>;

function isAs(state: Facts, wanted: Facts | null): boolean {
	return fingerprintOf(state) === fingerprintOf(wanted);
}

/** Without an email, the page must be there: otherwise nothing is known about the viewer. */
async function byEmail(api: StatuspageApi, pageId: string, email: string): Promise<Viewer | undefined> {
	if (email.includes('@')) return await findViewer(api, pageId, email);
	await api.confirmPlace({ pageId });
	return undefined;
}

/** A viewer that was deleted and made again has the same address and another ID. */
async function byIdOrEmail(api: StatuspageApi, pageId: string, { objectId, email }: Change): Promise<Viewer | undefined> {
	try {
		return await api.call('getViewer', { pageId, viewerId: String(objectId) });
	} catch (error) {
		if (!hasStatus(error, 404)) throw passOn(error);
		return await byEmail(api, pageId, email);
	}
}

const GONE: Outcome = { result: 'failed', reason: 'There is no such viewer any more, neither by ID nor by e-mail' };

/** An existing group with the name counts as created: a run that was ended in between is finished by the next. */
export async function createGroup(api: StatuspageApi, pageId: string, change: Change, groupIds: GroupIds): Promise<Outcome> {
	const name = String(change.after?.name);
	const existing = (await viewerGroup.rows(api, { pageId })).find((group) => isSameName(group.name, name));
	const id = existing?.id ?? (await api.call('createViewerGroup', { pageId }, { body: { name } })).id;
	groupIds.set(nameKey(name), id);
	return { result: existing ? 'unchanged' : 'done', objectId: id };
}

async function readComponents(api: StatuspageApi, pageId: string, viewerId: string): Promise<string[]> {
	const rows = await api.list('listViewerComponents', { pageId, viewerId }, { isExact: true });
	return rows.map(({ id }) => id).sort();
}

async function addComponents(api: StatuspageApi, pageId: string, viewerId: string, component_ids: string[]): Promise<void> {
	if (component_ids.length > 0) await api.call('addViewerComponents', { pageId, viewerId }, { body: { component_ids } });
}

/** Somebody has the address already: fine if everything is as planned, e.g. after a run that was ended in between. */
async function finishExisting(api: StatuspageApi, pageId: string, viewer: Viewer, groupIds: string[], { after }: Change): Promise<Outcome> {
	const hasGroups = groupIds.every((id) => viewer.page_access_group_ids.includes(id));
	const hasLogin = after?.external_login === undefined || after.external_login === viewer.external_login;
	if (!hasGroups || !hasLogin) return { result: 'stale', reason: `A viewer with this e-mail exists by now, and is not as planned (${viewer.id}): plan again`, objectId: viewer.id };
	const wanted = listIn(after, 'componentIds');
	const held = wanted.length > 0 ? await readComponents(api, pageId, viewer.id) : [];
	const missing = wanted.filter((id) => !held.includes(id));
	await addComponents(api, pageId, viewer.id, missing);
	return { result: missing.length > 0 ? 'done' : 'unchanged', objectId: viewer.id };
}

export async function createOne(api: StatuspageApi, pageId: string, change: Change, created: GroupIds): Promise<Outcome> {
	const { after } = change;
	const newGroups = listIn(after, 'newGroups');
	const unknown = newGroups.filter((name) => !created.has(nameKey(name)));
	if (unknown.length > 0) return { result: 'failed', reason: `The viewer group ${unknown.join(', ')} could not be created` };
	const groupIds = [...listIn(after, 'groupIds'), ...newGroups.map((name) => String(created.get(nameKey(name))))];
	const email = String(after?.email);
	const login = after?.external_login;
	const fields = { email, ...(login ? { external_login: String(login) } : {}), ...(groupIds.length > 0 ? { page_access_group_ids: groupIds } : {}) };
	let viewer: Viewer;
	try {
		const shared = groupIds.map((id) => lockName.group(api, pageId, id));
		({ viewer } = await withLocks({ shared }, api.connection.signal, async () => await createViewer(api, pageId, fields)));
	} catch (error) {
		if (!hasStatus(error, 409)) throw passOn(error);
		return await finishExisting(api, pageId, await viewerBehindConflict(api, pageId, email, error), groupIds, change);
	}
	await addComponents(api, pageId, viewer.id, listIn(after, 'componentIds'));
	const missing = groupIds.filter((id) => !viewer.page_access_group_ids.includes(id));
	if (missing.length > 0) return { result: 'failed', reason: `The viewer was created, but Statuspage left out the group ${missing.join(', ')}`, objectId: viewer.id };
	return { result: 'done', objectId: viewer.id };
}

/** Few are asked for one by one; for more the list is cheaper. */
export function readsList(updates: number, viewersOnPage: number): boolean {
	return updates > listRequests(viewersOnPage);
}

/** How to find the viewers of updates: from the list where that is cheaper than asking for each. */
export async function viewersFor(api: StatuspageApi, pageId: string, updates: Change[]): Promise<(change: Change) => Promise<Viewer | undefined>> {
	if (!readsList(updates.length, updates[0]?.viewersOnPage ?? 0)) return async (change) => await byIdOrEmail(api, pageId, change);
	const listed = new Map((await api.list('listViewers', { pageId }, { isExact: true })).map((viewer) => [viewer.id, viewer]));
	// A row can slip through a list while it is read.
	return async (change) => listed.get(String(change.objectId)) ?? (await byIdOrEmail(api, pageId, change));
}

export async function updateOne(api: StatuspageApi, pageId: string, change: Change, find: (change: Change) => Promise<Viewer | undefined>): Promise<Outcome> {
	const viewer = await find(change);
	if (!viewer) return GONE;
	const { before, after } = change;
	const now = Object.fromEntries(Object.keys(after ?? {}).map((name) => [name, viewer[name] ?? null]));
	if (isAs(now, after)) return { result: 'unchanged', objectId: viewer.id };
	if (!isAs(now, before)) return { result: 'stale', reason: STALE, objectId: viewer.id };
	await api.call('updateViewer', { pageId, viewerId: viewer.id }, { body: { ...after } });
	return { result: 'done', objectId: viewer.id };
}

/** What a viewer sees besides the groups: added to in one request, replaced in one, or taken away one by one. */
export async function setComponents(api: StatuspageApi, pageId: string, change: Change): Promise<Outcome> {
	const viewer = await existing(api, pageId, change);
	if (!viewer) return change.after && listIn(change.after, 'componentIds').length === 0 ? { result: 'unchanged' } : GONE;
	const { viewerId, held } = viewer;
	return await withLocks({ exclusive: [`${lockName.viewer(api, pageId, viewerId)} components`] }, api.connection.signal, async () => {
		const [before, after] = [listIn(change.before, 'componentIds'), listIn(change.after, 'componentIds')];
		if (held.join() === after.join()) return { result: 'unchanged', objectId: viewerId };
		if (held.join() !== before.join()) return { result: 'stale', reason: STALE, objectId: viewerId };
		if (before.every((id) => after.includes(id))) {
			await addComponents(api, pageId, viewerId, after.filter((id) => !before.includes(id)));
		} else if (after.length > 0) {
			await api.call('replaceViewerComponents', { pageId, viewerId }, { body: { component_ids: after } });
		} else {
			// No call whose missing body would mean something else: each is taken away by name.
			for (const componentId of before) await removeComponent(api, { pageId, viewerId, componentId });
		}
		return { result: 'done', objectId: viewerId };
	});
}

async function removeComponent(api: StatuspageApi, ids: { pageId: string; viewerId: string; componentId: string }): Promise<void> {
	try {
		await api.remove('removeViewerComponent', ids);
	} catch (error) {
		// It went meanwhile.
		if (!hasStatus(error, 404)) throw passOn(error);
	}
}

async function existing(api: StatuspageApi, pageId: string, change: Change): Promise<{ viewerId: string; held: string[] } | undefined> {
	const viewerId = String(change.objectId);
	try {
		return { viewerId, held: await readComponents(api, pageId, viewerId) };
	} catch (error) {
		if (!hasStatus(error, 404)) throw passOn(error);
		const viewer = await byEmail(api, pageId, change.email);
		return viewer && { viewerId: viewer.id, held: await readComponents(api, pageId, viewer.id) };
	}
}

/** A deletion cannot be undone: the viewer must be as it was when somebody said yes to it. */
export async function deleteOne(api: StatuspageApi, pageId: string, change: Change): Promise<Outcome> {
	return await withLocks({ exclusive: [lockName.viewer(api, pageId, String(change.objectId))] }, api.connection.signal, async () => {
		const viewer = await byIdOrEmail(api, pageId, change);
		if (!viewer) return { result: 'unchanged', reason: 'It was gone already' };
		if (!isAs(viewerFacts(viewer, viewer.page_access_group_ids), change.before)) return { result: 'stale', reason: STALE, objectId: viewer.id };
		await api.remove('deleteViewer', { pageId, viewerId: viewer.id });
		return { result: 'done', objectId: viewer.id };
	});
}

export async function deleteSubscriber(api: StatuspageApi, pageId: string, change: Change): Promise<Outcome> {
	const ids = { pageId, subscriberId: String(change.objectId) };
	try {
		const { email, mode } = await api.call('getSubscriber', ids);
		if (!isAs({ email: email ?? null, mode }, change.before)) return { result: 'stale', reason: STALE };
		await api.remove('deleteSubscriber', ids, { query: { skip_unsubscription_notification: true } });
		return { result: 'done' };
	} catch (error) {
		if (!hasStatus(error, 404)) throw passOn(error);
		await api.confirmPlace({ pageId });
		return { result: 'unchanged', reason: 'It was gone already' };
	}
}
