import { findMany } from '../../shared/client/findMany';
import { emailKey } from '../../shared/client/matching';
import { Failure, unlessMissing } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { searchViewers } from './searchViewers';
import { cachedSearch } from './viewerCache';
import { viewerListSearch, searchByEmail } from './viewerListSearch';

/**
 * How to look for a viewer by email. The search may be case-sensitive, so an empty result is no proof. If the search finds no viewer,
 * `thorough` reads all viewers of the page.
 */
export type LookUp = 'thorough' | 'quick';

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

/** Like `findViewer`, but uses the cache of this run. */
export async function lookUpViewer(
	api: StatuspageApi,
	pageId: string,
	email: string,
	lookUp: LookUp = 'thorough',
): Promise<Viewer | undefined> {
	const cached = cachedSearch(api, pageId, email);
	if (!cached) return await findViewer(api, pageId, email, lookUp);
	const { viewer, isNotListed } = cached;
	if (viewer || lookUp === 'quick') return viewer;
	// The list can miss a viewer if it changes while it is read.
	if (isNotListed) return onlyViewer(await searchViewers(api, pageId, email), email);
	return onlyViewer((await viewersByEmail(api, pageId)).get(emailKey(email)) ?? [], email);
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

/** All viewers with these emails, by the result of `emailKey`. Several viewers can have an email that differs only in case. */
export async function viewersWith(
	api: StatuspageApi,
	pageId: string,
	emails: string[],
	lookUp: LookUp = 'thorough',
): Promise<Map<string, Viewer[]>> {
	const isThorough = lookUp === 'thorough';
	const search = searchByEmail(api, pageId, emails, { confirmsMissing: isThorough, absenceNeedsList: isThorough });
	const { rows, missing, isWhole } = await findMany(search);
	if (missing.length > 0 && !isWhole && isThorough) {
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
		...viewerListSearch(api, pageId),
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
