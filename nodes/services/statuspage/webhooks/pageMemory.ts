import { WatchedPage, type SavedPage } from './watchedPage';

/**
 * The watched pages of this process, by URL of the workflow. n8n reads the saved state when a post arrives and saves it after the post, so
 * a post that arrives meanwhile would see an old state.
 */
const pages = new Map<string, WatchedPage>();

export const pageMemory = {
	/** The page in this process or the saved one, whichever is newer. Another process may have saved it. */
	of(endpoint: string, saved: SavedPage | undefined): WatchedPage | undefined {
		const known = pages.get(endpoint);
		if (!saved || (known && known.revision >= saved.revision)) return known;
		const page = new WatchedPage(saved);
		pages.set(endpoint, page);
		return page;
	},

	set(endpoint: string, page: WatchedPage): void {
		pages.set(endpoint, page);
	},

	forget(endpoint: string): void {
		pages.delete(endpoint);
	},
};
