import { emailKey, isSameEmail } from '../../shared/client/matching';
import type { StatuspageApi } from './statuspageApi';
import type { Viewer } from './endpoints';

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
