import type { Search } from '../../shared/client/findMany';
import { emailKey } from '../../shared/client/matching';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';
import { PAGE_SIZE } from './paging';
import { searchViewers } from './searchViewers';

/** How the list of viewers is searched for many of them. */
export function viewerListSearch(api: StatuspageApi, pageId: string) {
	const ids = { pageId };
	return {
		size: PAGE_SIZE,
		readPage: async (page: number) => await api.readPage('listViewers', ids, page, { size: PAGE_SIZE }),
		remembered: api.remembered('listViewers', ids),
		sideBySide: api.sideBySide,
	};
}

/** How the list of viewers is searched for emails, by the result of `emailKey`. For the options see `Search`. */
export function searchByEmail(
	api: StatuspageApi,
	pageId: string,
	emails: string[],
	options: Pick<Search<Viewer>, 'confirmsMissing' | 'absenceNeedsList'>,
): Search<Viewer> {
	return {
		...viewerListSearch(api, pageId),
		keys: emails.map(emailKey),
		keyOf: ({ email }) => emailKey(email),
		lookUp: async (email) => await searchViewers(api, pageId, email),
		...options,
	};
}
