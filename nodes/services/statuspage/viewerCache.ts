import { findInParts, KnownPages } from '../../shared/client/findInParts';
import { FEW } from '../../shared/client/findMany';
import { emailKey } from '../../shared/client/matching';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { PAGE_SIZE } from './paging';
import { searchByEmail } from './viewerListSearch';

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

/** The result that is cached for this email; undefined if nothing is cached. */
export function cachedSearch(api: StatuspageApi, pageId: string, email: string): CachedViewer | undefined {
	return api.cache.get<CachedViewer>(cacheKey(pageId, email)).at(0);
}

/** The viewer that is cached for this email; undefined if there is none. */
export function cachedViewer(api: StatuspageApi, pageId: string, email: string): Viewer | undefined {
	return cachedSearch(api, pageId, email)?.viewer;
}

/** The pages of the list of viewers that were read for the items of this run. */
async function knownPages(api: StatuspageApi, pageId: string): Promise<KnownPages<Viewer>> {
	return await api.cache.read(`list pages ${pageId}`, async () => new KnownPages<Viewer>(PAGE_SIZE));
}

/**
 * Notes emails that will be looked up together. The look-up of many begins with the first page of the list, which is requested at once,
 * because the expressions of many items take time.
 */
export function expectEmails(api: StatuspageApi, pageId: string, emails: readonly string[]): void {
	const key = `expected emails ${pageId}`;
	const [expected = new Set<string>()] = api.cache.get<Set<string>>(key);
	const wereFew = expected.size <= FEW;
	for (const email of emails) expected.add(emailKey(email));
	api.cache.set(key, expected);
	if (wereFew && expected.size > FEW) api.beginList('listViewers', { pageId });
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
	const unknown = emails.filter((email) => !cachedSearch(api, pageId, email));
	const known = await knownPages(api, pageId);
	// An item that must not miss a viewer searches for a missing email itself.
	const search = searchByEmail(api, pageId, unknown, { confirmsMissing: false, absenceNeedsList });
	const { rows, isWhole } = await findInParts(known, search);
	for (const email of unknown) {
		const viewers = rows.get(emailKey(email)) ?? [];
		// Its item finds out that several viewers have the email.
		if (viewers.length > 1) continue;
		const [viewer] = viewers;
		api.cache.set(cacheKey(pageId, email), { viewer, isNotListed: isWhole && !viewer } satisfies CachedViewer);
	}
}
