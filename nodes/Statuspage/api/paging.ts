import { Failure } from '../../shared/transport/failures';
import type { Row } from './rows';

/** The most that the service gives for one page, whatever is asked for. */
export const PAGE_SIZE = 100;

/** A service that ignores `page` answers with the same rows for ever. Rows that were inserted meanwhile can fill one page, not two. */
const MAX_STALE_PAGES = 2;

export interface ListOptions<R extends Row> {
	/** At most so many rows; `Infinity` for all. */
	limit: number;
	/** Reads one page of `size` rows; pages count from 1. */
	readPage: (page: number, size: number) => Promise<R[]>;
	/** Rows to leave out do not count towards the limit. */
	keep?: (row: R) => boolean;
}

/**
 * Reads pages until one is short, or the limit is reached; a list of exactly N×100 rows costs one request more.
 * A row that an insertion shifted onto the next page is not doubled; one that a removal shifted onto the page before can be missed.
 *
 * @throws Failure when page after page brings only rows that are known
 */
export async function readList<R extends Row>({ limit, readPage, keep }: ListOptions<R>): Promise<R[]> {
	const size = keep ? PAGE_SIZE : Math.min(PAGE_SIZE, limit);
	const seen = new Set<string>();
	const rows: R[] = [];
	let stalePages = 0;
	for (let page = 1; rows.length < limit; page++) {
		const answer = await readPage(page, size);
		const fresh = answer.filter((row) => !seen.has(row.id));
		for (const row of fresh) {
			seen.add(row.id);
			if (!keep || keep(row)) rows.push(row);
		}
		if (answer.length < size) break;
		stalePages = fresh.length === 0 ? stalePages + 1 : 0;
		if (stalePages === MAX_STALE_PAGES) {
			throw new Failure({
				kind: 'answer',
				message: `The list does not end: pages ${page - 1} and ${page} hold only rows that came before`,
				advice: 'Something between n8n and Statuspage ignores the page number. Check the Base URL of the credential',
			});
		}
	}
	return rows.slice(0, limit);
}
