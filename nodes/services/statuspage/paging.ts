import { Failure } from '../../shared/http/failures';

/** The most that the service gives for one page, whatever is asked for. */
export const PAGE_SIZE = 100;

/** A service that ignores `page` answers with the same rows for ever. Rows that were inserted meanwhile can fill one page, not two. */
const MAX_STALE_PAGES = 2;

/** More pages at once would mean more requests for nothing when the list ends. */
const MOST_PAGES_AT_ONCE = 4;

export interface ListOptions<R extends { id: string }> {
	/** At most so many rows; `Infinity` for all. */
	limit: number;
	/** Reads one page of `size` rows; pages count from 1. */
	readPage: (page: number, size: number) => Promise<R[]>;
	/** Rows to leave out do not count towards the limit. */
	keep?: (row: R) => boolean;
	/** Requests that may go now without anybody having to wait; none: pages are read one after the other. */
	room?: () => number;
}

/** How many pages may be asked for at once: more the longer the list has turned out to be, and only where the window has ample room. */
function pagesAtOnce(page: number, room: number): number {
	return Math.max(1, Math.min(MOST_PAGES_AT_ONCE, page - 2, room - 2));
}

/**
 * Reads pages until one is short, or the limit is reached; a list of exactly N×100 rows costs one request more, and one that is read
 * ahead at most three. A row that an insertion shifted onto the next page is not doubled; one that a removal shifted onto the page
 * before can be missed.
 *
 * @throws Failure when page after page brings only rows that are known
 */
export async function readList<R extends { id: string }>({
	limit,
	readPage,
	keep,
	room = () => 0,
}: ListOptions<R>): Promise<R[]> {
	const size = keep ? PAGE_SIZE : Math.min(PAGE_SIZE, limit);
	// Nobody knows how many pages a limit needs when rows are left out.
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
				// One that is not needed after all may fail without a word.
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
		message: `The list does not end: pages ${page - 1} and ${page} hold only rows that came before`,
		advice: 'Something between n8n and Statuspage ignores the page number. Check the Base URL of the credential',
	});
}
