import type { IDataObject } from 'n8n-workflow';
import { createOnce } from '../../shared/api/createOnce';
import { findMany } from '../../shared/api/findMany';
import { isSame } from '../../shared/api/matching';
import { Failure, unlessMissing } from '../../shared/transport/failures';
import type { StatuspageApi } from './client';
import { PAGE_SIZE } from './paging';
import type { Viewer } from './rows';

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

function pagesOf(api: StatuspageApi, pageId: string) {
	return { size: PAGE_SIZE, readPage: async (page: number) => await api.page<Viewer>('listViewers', { pageId }, page, { size: PAGE_SIZE }) };
}

/** The viewers with these e-mails, by e-mail in lower case. */
export async function findViewers(api: StatuspageApi, pageId: string, emails: string[]): Promise<Map<string, Viewer>> {
	return await findMany<Viewer>({
		keys: emails.map((email) => email.trim().toLowerCase()),
		keyOf: ({ email }) => String(email ?? '').toLowerCase(),
		...pagesOf(api, pageId),
		ask: async (email) => await findViewer(api, pageId, email),
	});
}

/** The viewers with these IDs, in this order; without those that are gone. */
export async function viewersById(api: StatuspageApi, pageId: string, ids: string[]): Promise<Viewer[]> {
	const found = await findMany<Viewer>({
		keys: ids,
		keyOf: ({ id }) => id,
		...pagesOf(api, pageId),
		ask: async (viewerId) => await unlessMissing(api.call<'getViewer', Viewer>('getViewer', { pageId, viewerId })),
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
 * Creates a viewer, exactly once: the service takes an e-mail only once a page.
 *
 * @param fields as the API takes them: email, external_login, page_access_group_ids, subscribe_to_components
 * @throws Failure; with status 409 when the e-mail is taken
 */
export async function createViewer(api: StatuspageApi, pageId: string, fields: IDataObject & { email: string }): Promise<CreatedViewer> {
	const { row: viewer, wasLost } = await createOnce<Viewer>({
		clock: api.connection.clock,
		create: async () => await api.call<'createViewer', Viewer>('createViewer', { pageId }, { body: fields }),
		find: async () => await findViewer(api, pageId, fields.email),
		createdAt: ({ created_at }) => created_at,
		taken: () => taken(fields.email, pageId),
	});
	return { viewer, ...(wasLost ? { note: 'The answer to the create was lost. The viewer was looked up by e-mail and is there: created once' } : {}) };
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
