import type { IDataObject } from 'n8n-workflow';
import { Failure, hasStatus, mayHaveArrived, passOn } from '../../shared/transport/failures';
import type { StatuspageApi } from './client';
import { isSame } from '../../shared/api/matching';
import { PAGE_SIZE } from './paging';
import type { Viewer } from './rows';

/** How much the clocks of n8n and Statuspage, and a slow network, may differ before a record counts as older than our request. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * The viewer with this e-mail, or none. The service's filter is called a search and may match more than the address itself, so that
 * every row is compared again; whether it minds case is not documented, so that a miss is asked again in lower case.
 */
export async function findViewer(api: StatuspageApi, pageId: string, email: string): Promise<Viewer | undefined> {
	for (const query of new Set([email.trim(), email.trim().toLowerCase()])) {
		const rows = await api.list<Viewer>('listViewers', { pageId }, { query: { email: query } });
		const found = rows.find((viewer) => isSame(viewer.email, email));
		if (found) return found;
	}
	return undefined;
}

function noteName(pageId: string, email: string): string {
	return `viewer ${pageId} ${email.trim().toLowerCase()}`;
}

/** Looks up many at once, for items of the same run that will ask for each. */
export async function noteViewers(api: StatuspageApi, pageId: string, emails: string[]): Promise<void> {
	const found = await findViewers(api, pageId, emails);
	for (const email of emails) api.note(noteName(pageId, email), found.get(email.trim().toLowerCase()));
}

/** What was noted is old as soon as this run writes the viewer. */
export function forgetViewer(api: StatuspageApi, pageId: string, email: string): void {
	api.forget(noteName(pageId, email));
}

/** The same as `findViewer`, from what this run has read already where it has. */
export async function lookUpViewer(api: StatuspageApi, pageId: string, email: string): Promise<Viewer | undefined> {
	for (const viewer of api.noted<Viewer | undefined>(noteName(pageId, email))) return viewer;
	return await findViewer(api, pageId, email);
}

/** @throws Failure when nobody has the e-mail */
export async function viewerByEmail(api: StatuspageApi, pageId: string, email: string): Promise<Viewer> {
	const viewer = await lookUpViewer(api, pageId, email);
	if (viewer) return viewer;
	throw new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no viewer with the e-mail "${email}" on page ${pageId}`,
		advice: "Check the spelling and the page, or use 'Create or Update'",
	});
}

/** So few are asked for one by one: a page of the list would cost as much as it could save. */
const FEW = 2;

/**
 * Many viewers, by key. A page of the list costs as much as a call for one viewer: the list is read as long as its pages have found
 * one each on average (the first ones on trust). Who was not shown is asked for: a row can slip through a list while it is read.
 */
async function findMany(
	api: StatuspageApi,
	pageId: string,
	keys: string[],
	keyOf: (viewer: Viewer) => string,
	ask: (key: string) => Promise<Viewer | undefined>,
): Promise<Map<string, Viewer>> {
	const missing = new Set(keys);
	const found = new Map<string, Viewer>();
	const onTrust = missing.size <= FEW ? 0 : Math.ceil(missing.size / 10);
	for (let page = 1; missing.size > 0 && page <= Math.max(found.size, onTrust); page++) {
		const rows = await api.page<Viewer>('listViewers', { pageId }, page, { size: PAGE_SIZE });
		for (const viewer of rows) if (missing.delete(keyOf(viewer))) found.set(keyOf(viewer), viewer);
		if (rows.length < PAGE_SIZE) break;
	}
	for (const key of missing) {
		const viewer = await ask(key);
		if (viewer) found.set(key, viewer);
	}
	return found;
}

/** The viewers with these e-mails, by e-mail in lower case. */
export async function findViewers(api: StatuspageApi, pageId: string, emails: string[]): Promise<Map<string, Viewer>> {
	const keys = emails.map((email) => email.trim().toLowerCase());
	return await findMany(api, pageId, keys, ({ email }) => String(email ?? '').toLowerCase(), async (email) => await findViewer(api, pageId, email));
}

/** The viewers with these IDs, in this order; without those that are gone. */
export async function viewersById(api: StatuspageApi, pageId: string, ids: string[]): Promise<Viewer[]> {
	const found = await findMany(api, pageId, ids, ({ id }) => id, async (viewerId) => {
		try {
			return await api.call<'getViewer', Viewer>('getViewer', { pageId, viewerId });
		} catch (error) {
			if (hasStatus(error, 404)) return undefined;
			throw passOn(error);
		}
	});
	return ids.flatMap((id) => found.get(id) ?? []);
}

/** Case-insensitive search in the whole list: for an e-mail that the service calls taken although its filter does not show it. */
async function findInWholeList(api: StatuspageApi, pageId: string, email: string): Promise<Viewer | undefined> {
	const [viewer] = await api.list<Viewer>('listViewers', { pageId }, { limit: 1, keep: (row) => isSame(row.email, email) });
	return viewer;
}

export interface CreatedViewer {
	viewer: Viewer;
	/** Set when the answer was lost and the viewer was found afterwards. */
	note?: string;
}

/**
 * Creates a viewer, exactly once. When the answer is lost, the e-mail is looked up: a viewer who is there now was created by this
 * request; if nobody is, it is sent again, and a first try that arrives late meets the service's own check for taken e-mails.
 *
 * @param fields as the API takes them: email, external_login, page_access_group_ids, subscribe_to_components
 * @throws Failure; with status 409 when the e-mail is taken
 */
export async function createViewer(api: StatuspageApi, pageId: string, fields: IDataObject & { email: string }): Promise<CreatedViewer> {
	const sentAt = api.connection.clock.calendar();
	let wasLost = false;
	for (let tries = 1; ; tries++) {
		try {
			return { viewer: await api.call<'createViewer', Viewer>('createViewer', { pageId }, { body: fields }) };
		} catch (error) {
			const isTaken = wasLost && hasStatus(error, 409);
			if (!isTaken && !mayHaveArrived(error)) throw passOn(error);
			wasLost = true;
			const viewer = await findViewer(api, pageId, fields.email);
			if (viewer && isOlder(viewer, sentAt)) throw taken(fields.email, pageId);
			if (viewer) {
				return { viewer, note: 'The answer to the create was lost. The viewer was looked up by e-mail and is there: created once' };
			}
			if (tries === 2 || isTaken) throw passOn(error);
		}
	}
}

function isOlder(viewer: Viewer, sentAt: number): boolean {
	const createdAt = Date.parse(viewer.created_at ?? '');
	return createdAt < sentAt - CLOCK_TOLERANCE_MS;
}

function taken(email: string, pageId: string): Failure {
	return new Failure({
		kind: 'answer',
		status: 409,
		message: `Page ${pageId} has a viewer with the e-mail "${email}" already`,
		advice: "Use 'Create or Update' to change this viewer",
	});
}

/** The viewer whom a 409 on create means. */
export async function viewerBehindConflict(api: StatuspageApi, pageId: string, email: string, conflict: Failure): Promise<Viewer> {
	const viewer = (await findViewer(api, pageId, email)) ?? (await findInWholeList(api, pageId, email));
	if (!viewer) throw conflict;
	return viewer;
}
