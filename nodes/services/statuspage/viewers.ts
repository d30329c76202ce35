import type { IDataObject } from 'n8n-workflow';
import { createOnce } from '../../shared/client/createOnce';
import { findInParts, KnownPages } from '../../shared/client/findInParts';
import { FEW, findMany, type Search } from '../../shared/client/findMany';
import { emailKey, isSameEmail } from '../../shared/client/matching';
import { Failure, unlessMissing } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { PAGE_SIZE } from './paging';

/**
 * How to look for a viewer by email. The search may be case-sensitive, so an empty result is no proof. If the search finds no viewer,
 * `thorough` reads all viewers of the page.
 */
export type LookUp = 'thorough' | 'quick';

/** The search texts for an email, one request each until a viewer is found. */
export function searchForms(email: string): string[] {
	return [...new Set([email.trim(), email.trim().toLowerCase()])];
}

/** The result of one search. */
export interface SearchResult {
	viewers: Viewer[];
	/** True if the search ignores case, so no viewer with this email is missing. */
	isComplete: boolean;
}

/** The email in a case that no stored email has: upper case, with the last letter in lower case. */
function inOddCase(email: string): string {
	const upper = emailKey(email).toUpperCase();
	return `${upper.slice(0, -1)}${upper.slice(-1).toLowerCase()}`;
}

/**
 * Searches with the email in an odd case, in one request. A viewer whose stored email differs from that text shows that the search
 * ignores case. Without one, viewers with another case in their email may be missing.
 */
export async function searchInAnyCase(api: StatuspageApi, pageId: string, email: string): Promise<SearchResult> {
	const query = inOddCase(email);
	const rows = await api.list('listViewers', { pageId }, { query: { email: query }, isExact: true });
	const viewers = rows.filter((viewer) => isSameEmail(viewer.email, email));
	return { viewers, isComplete: viewers.some((viewer) => String(viewer.email).normalize('NFC').trim() !== query) };
}

/**
 * The viewers that the search of the service finds for an email. The search may return partial matches, so each result is compared. It
 * may be case-sensitive, so without a result the email is searched again in lower case.
 */
export async function searchViewers(api: StatuspageApi, pageId: string, email: string): Promise<Viewer[]> {
	for (const query of searchForms(email)) {
		const rows = await api.list('listViewers', { pageId }, { query: { email: query } });
		const found = rows.filter((viewer) => isSameEmail(viewer.email, email));
		if (found.length > 0) return found;
	}
	return [];
}

/** All viewers of the page by email, read once per run. They show whether an email is missing. */
async function viewersByEmail(api: StatuspageApi, pageId: string): Promise<Map<string, Viewer[]>> {
	return await api.cache.read(`viewers by email ${pageId}`, async () => {
		const byEmail = new Map<string, Viewer[]>();
		for (const viewer of await api.list('listViewers', { pageId })) {
			const key = emailKey(viewer.email);
			const known = byEmail.get(key);
			if (known) known.push(viewer);
			else byEmail.set(key, [viewer]);
		}
		return byEmail;
	});
}

/** @throws Failure when there are several viewers, because a guess could change the wrong one */
function onlyViewer(viewers: Viewer[], email: string): Viewer | undefined {
	if (viewers.length <= 1) return viewers[0];
	throw new Failure({
		kind: 'invalid',
		message: `${viewers.length} viewers on this page have the email "${email}": ${viewers.map(({ id }) => id).join(', ')}`,
		advice: 'Use one of these IDs',
	});
}

/** The viewer with this email; undefined if there is none. After a quick look-up, undefined is no proof. */
export async function findViewer(
	api: StatuspageApi,
	pageId: string,
	email: string,
	lookUp: LookUp = 'thorough',
): Promise<Viewer | undefined> {
	const found = await searchViewers(api, pageId, email);
	const all =
		found.length > 0 || lookUp === 'quick' ? found : ((await viewersByEmail(api, pageId)).get(emailKey(email)) ?? []);
	return onlyViewer(all, email);
}

/** The cached result of a search in this run: a viewer, or none. */
interface CachedViewer {
	viewer?: Viewer;
	/** All viewers of the page were read, and none has the email. It was not searched. */
	isNotListed?: boolean;
}

function cacheKey(pageId: string, email: string): string {
	return `viewer ${pageId} ${emailKey(email)}`;
}

/** Caches a viewer for later items of this run with the same email. */
export function cacheViewer(api: StatuspageApi, pageId: string, email: string, viewer: Viewer): void {
	api.cache.set(cacheKey(pageId, email), { viewer } satisfies CachedViewer);
}

/** The viewer that is cached for this email; undefined if there is none. */
export function cachedViewer(api: StatuspageApi, pageId: string, email: string): Viewer | undefined {
	return api.cache.get<CachedViewer>(cacheKey(pageId, email)).at(0)?.viewer;
}

/** From this number of emails on, a look-up of many viewers begins with the first page of the list. */
export const MANY_EMAILS = FEW + 1;

/** The pages of the list of viewers that were read for the items of this run. */
async function knownPages(api: StatuspageApi, pageId: string): Promise<KnownPages<Viewer>> {
	return await api.cache.read(`list pages ${pageId}`, async () => new KnownPages<Viewer>(PAGE_SIZE));
}

/** Reads the first page of the list for `cacheViewers`, while emails are still collected. */
export async function beginViewers(api: StatuspageApi, pageId: string): Promise<void> {
	await (await knownPages(api, pageId)).read(1, searchIn(api, pageId).readPage);
}

/**
 * Looks up many viewers at once and caches them for the items of this run. A long run calls it several times. Each page of the list is
 * only read once, and a viewer that an item cached stays as it is.
 *
 * @param absenceNeedsList items read the whole list before they report that a viewer is missing
 */
export async function cacheViewers(
	api: StatuspageApi,
	pageId: string,
	emails: string[],
	{ absenceNeedsList }: { absenceNeedsList: boolean },
): Promise<void> {
	const unknown = emails.filter((email) => api.cache.get(cacheKey(pageId, email)).length === 0);
	const known = await knownPages(api, pageId);
	const search = searchByEmail(api, pageId, unknown, { lookUp: 'quick', absenceNeedsList });
	const { rows, isWhole } = await findInParts(known, search);
	for (const email of unknown) {
		const viewers = rows.get(emailKey(email)) ?? [];
		// Its item finds out that several viewers have the email.
		if (viewers.length > 1) continue;
		const [viewer] = viewers;
		api.cache.set(cacheKey(pageId, email), { viewer, isNotListed: isWhole && !viewer } satisfies CachedViewer);
	}
}

/** Like `findViewer`, but uses the cache of this run. */
export async function lookUpViewer(
	api: StatuspageApi,
	pageId: string,
	email: string,
	lookUp: LookUp = 'thorough',
): Promise<Viewer | undefined> {
	for (const { viewer, isNotListed } of api.cache.get<CachedViewer>(cacheKey(pageId, email))) {
		if (viewer || lookUp === 'quick') return viewer;
		// The list can miss a viewer if it changes while it is read.
		if (isNotListed) return onlyViewer(await searchViewers(api, pageId, email), email);
		return onlyViewer((await viewersByEmail(api, pageId)).get(emailKey(email)) ?? [], email);
	}
	return await findViewer(api, pageId, email, lookUp);
}

/** For an email that is neither in the search nor in the list of all viewers. */
export function noSuchViewer(email: string): Failure {
	return new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no viewer with the email "${email}" on this page. All viewers of the page were read`,
		advice: "Check the spelling and the page, or use 'Create or Update'",
	});
}

/** @throws Failure when no viewer has the email */
export async function viewerByEmail(api: StatuspageApi, pageId: string, email: string): Promise<Viewer> {
	const viewer = await lookUpViewer(api, pageId, email);
	if (!viewer) throw noSuchViewer(email);
	return viewer;
}

/** How the list of viewers is searched for many of them. */
function searchIn(api: StatuspageApi, pageId: string) {
	const ids = { pageId };
	return {
		size: PAGE_SIZE,
		readPage: async (page: number) =>
			await api.reads.run(async () => await api.page('listViewers', ids, page, { size: PAGE_SIZE })),
		remembered: api.remembered('listViewers', ids),
		...api.sideBySide,
		clock: api.connection.clock,
	};
}

/** A quick look-up does not search for emails that the whole list does not contain. */
function searchByEmail(
	api: StatuspageApi,
	pageId: string,
	emails: string[],
	{ lookUp, absenceNeedsList }: { lookUp: LookUp; absenceNeedsList: boolean },
): Search<Viewer> {
	return {
		...searchIn(api, pageId),
		keys: emails.map(emailKey),
		keyOf: ({ email }) => emailKey(email),
		lookUp: async (email) => await searchViewers(api, pageId, email),
		confirmsMissing: lookUp === 'thorough',
		absenceNeedsList,
	};
}

/** All viewers with these emails, by the result of `emailKey`. Several viewers can have an email that differs only in case. */
export async function viewersWith(
	api: StatuspageApi,
	pageId: string,
	emails: string[],
	lookUp: LookUp = 'thorough',
): Promise<Map<string, Viewer[]>> {
	const search = searchByEmail(api, pageId, emails, { lookUp, absenceNeedsList: lookUp === 'thorough' });
	const { rows, missing, isWhole } = await findMany(search);
	if (missing.length > 0 && !isWhole && lookUp === 'thorough') {
		const all = await viewersByEmail(api, pageId);
		for (const key of missing) rows.set(key, all.get(key) ?? []);
	}
	return rows;
}

/**
 * The viewers with these emails, by the result of `emailKey`.
 *
 * @throws Failure when several viewers have one of them
 */
export async function findViewers(api: StatuspageApi, pageId: string, emails: string[]): Promise<Map<string, Viewer>> {
	const found = await viewersWith(api, pageId, emails);
	return new Map(
		[...found].flatMap(([email, viewers]) => {
			const viewer = onlyViewer(viewers, email);
			return viewer ? [[email, viewer] as const] : [];
		}),
	);
}

/** The viewers with these IDs, in this order, without deleted ones. */
export async function viewersById(api: StatuspageApi, pageId: string, ids: string[]): Promise<Viewer[]> {
	const { rows } = await findMany<Viewer>({
		...searchIn(api, pageId),
		keys: ids,
		keyOf: ({ id }) => id,
		lookUp: async (viewerId) => {
			const viewer = await api.reads.run(async () => await unlessMissing(api.call('getViewer', { pageId, viewerId })));
			return viewer ? [viewer] : [];
		},
		confirmsMissing: true,
		absenceNeedsList: false,
	});
	return ids.flatMap((id) => rows.get(id)?.[0] ?? []);
}

export interface CreatedViewer {
	viewer: Viewer;
	/** Set if the answer was lost and the viewer was found by email. */
	note?: string;
}

/**
 * Creates a viewer exactly once, even if the answer is lost, because the service allows each email only once per page.
 *
 * @param fields named as in the API: email, external_login, page_access_group_ids, subscribe_to_components
 * @throws Failure; with status 409 when the email is taken
 */
export async function createViewer(
	api: StatuspageApi,
	pageId: string,
	fields: IDataObject & { email: string },
): Promise<CreatedViewer> {
	const { row: viewer, wasLost } = await createOnce<Viewer>({
		connection: api.connection,
		create: () => api.call('createViewer', { pageId }, { body: fields }),
		find: () => findViewer(api, pageId, fields.email, 'quick'),
		createdAt: ({ created_at }) => created_at,
		taken: () => taken(fields.email),
	});
	return {
		viewer,
		...(wasLost ? { note: 'The answer was lost, but the viewer was found by email. It was created once.' } : {}),
	};
}

function taken(email: string): Failure {
	return new Failure({
		kind: 'answer',
		status: 409,
		message: `This page already has a viewer with the email "${email}"`,
		advice: "Use 'Create or Update' to change this viewer",
	});
}

/** The existing viewer that a creation conflicts with. */
export async function viewerBehindConflict(
	api: StatuspageApi,
	pageId: string,
	email: string,
	conflict: Failure,
): Promise<Viewer> {
	const viewer = await findViewer(api, pageId, email);
	if (viewer) return viewer;
	// The viewer may have been created after the list was read.
	const [newViewer] = await api.list(
		'listViewers',
		{ pageId },
		{ limit: 1, keep: (row) => isSameEmail(row.email, email) },
	);
	if (!newViewer) throw conflict;
	return newViewer;
}
