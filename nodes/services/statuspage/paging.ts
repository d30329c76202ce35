import { Failure } from '../../shared/http/failures';

/** The largest page that the service returns. */
export const PAGE_SIZE = 100;

/** A service that ignores `page` returns the same objects again and again. Objects that were inserted meanwhile can fill one page, but not two. */
const MAX_STALE_PAGES = 2;

/** Limits the number of unneeded requests at the end of a list. */
const MOST_PAGES_AT_ONCE = 4;

export interface ListOptions<R extends { id: string }> {
	/** The largest number of objects; `Infinity` for all. */
	limit: number;
	/** Reads one page of `size` objects, counted from 1. */
	readPage: (page: number, size: number) => Promise<R[]>;
	/** Objects to return. Others do not count towards the limit. */
	keep?: (row: R) => boolean;
	/** The number of requests that can be sent now without delaying others. Without it, pages are read one after the other. */
	room?: () => number;
}

/** The number of pages to request together: more for longer lists, and only if the window has enough free slots. */
function pagesAtOnce(page: number, room: number): number {
	return Math.max(1, Math.min(MOST_PAGES_AT_ONCE, page - 2, room - 2));
}

/**
 * Reads pages until one is short or the limit is reached. A list of exactly N×100 objects costs one more request, and prefetching at most
 * three. An object that moves to the next page because of an insertion is returned once. An object that moves to the previous page because
 * of a removal can be missed.
 *
 * @throws Failure if page after page contains only known objects
 */
export async function readList<R extends { id: string }>({
	limit,
	readPage,
	keep,
	room = () => 0,
}: ListOptions<R>): Promise<R[]> {
	const size = keep ? PAGE_SIZE : Math.min(PAGE_SIZE, limit);
	// If objects are left out, the number of pages for a limit is unknown.
	const canReadAhead = limit === Infinity || !keep;
	const lastPage = Math.ceil(limit / size);
	const ahead: Array<Promise<R[]>> = [];
	const seen = new Set<string>();
	const rows: R[] = [];
	let asked = 0;
	let stalePages = 0;
	try {
		for (let page = 1; rows.length < limit; page++) {
			const atOnce = canReadAhead ? pagesAtOnce(page, room()) : 1;
			while (ahead.length === 0 || (ahead.length < atOnce && asked < lastPage)) {
				const answer = readPage(++asked, size);
				// Ignore errors of prefetched pages that turn out not to be needed.
				answer.catch(() => {});
				ahead.push(answer);
			}
			const answer = (await ahead.shift()) ?? [];
			const fresh = answer.filter((row) => !seen.has(row.id));
			for (const row of fresh) {
				seen.add(row.id);
				if (!keep || keep(row)) rows.push(row);
			}
			if (answer.length < size) break;
			stalePages = fresh.length === 0 ? stalePages + 1 : 0;
			if (stalePages === MAX_STALE_PAGES) throw endless(page);
		}
	} finally {
		await Promise.allSettled(ahead);
	}
	return rows.slice(0, limit);
}

function endless(page: number): Failure {
	return new Failure({
		kind: 'answer',
		message: `The list does not end: pages ${page - 1} and ${page} only contain objects of earlier pages`,
		advice: 'A proxy between n8n and Statuspage may ignore the page number. Check the Base URL of the credential',
	});
}
