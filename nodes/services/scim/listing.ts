import { Failure } from '../../shared/http/failures';

/** The most that is known to come back at once, whatever is asked for. */
export const PAGE_SIZE = 100;

/** A service that ignores `startIndex` answers with the same rows for ever. Rows that were inserted meanwhile can fill one page, not two. */
const MAX_STALE_PAGES = 2;

/** A directory that changes in each of so many readings is in the middle of a synchronization. */
const MOST_READINGS = 3;

export interface Page<R extends { id: string }> {
	rows: R[];
	/** How many there are in all, as the service counts at this moment; `Infinity` when it does not say. */
	total: number;
}

export interface ListingOptions<R extends { id: string }> {
	/** At most so many rows; `Infinity` for all. */
	limit: number;
	/** Reads at most `count` rows from `startIndex` on, which counts from 1. */
	readPage: (startIndex: number, count: number) => Promise<Page<R>>;
}

export interface Listing<R extends { id: string }> {
	rows: R[];
	/** Read with one request: then no row can have slipped through. */
	isOnePiece: boolean;
	/** The directory changed in every reading: rows may be missing. The total is the last that the service named. */
	unsettled?: { total: number };
}

interface Reading<R extends { id: string }> {
	rows: R[];
	total: number;
	requests: number;
	/** Nothing moved while it was read, and all that were counted are there. */
	isWhole: boolean;
}

/** Goes on by what was received, since a service may give less than what was asked for. */
async function readOnce<R extends { id: string }>({ limit, readPage }: ListingOptions<R>): Promise<Reading<R>> {
	const rows = new Map<string, R>();
	const totals = new Set<number>();
	let total = Infinity;
	let stalePages = 0;
	let requests = 0;
	for (let startIndex = 1; startIndex <= total && rows.size < limit; ) {
		const page = await readPage(startIndex, Math.min(PAGE_SIZE, limit - rows.size));
		requests++;
		total = page.total;
		totals.add(total);
		if (page.rows.length === 0) break;
		const knownBefore = rows.size;
		for (const row of page.rows) rows.set(row.id, row);
		stalePages = rows.size === knownBefore ? stalePages + 1 : 0;
		if (stalePages === MAX_STALE_PAGES) throw endless(startIndex);
		startIndex += page.rows.length;
	}
	// Without a total, an empty page is the end.
	const isComplete = total === Infinity || rows.size === total;
	const isWhole = rows.size >= limit || (totals.size === 1 && isComplete);
	return { rows: [...rows.values()].slice(0, limit), total, requests, isWhole };
}

/**
 * Reads a list to its end, or to the limit. No row comes twice. Where the total changes on the way, a row may have been shifted past
 * the place that was being read: the list is read again, until it holds still.
 *
 * @throws Failure when page after page brings only rows that are known
 */
export async function readListing<R extends { id: string }>(options: ListingOptions<R>): Promise<Listing<R>> {
	for (let reading = 1; ; reading++) {
		const { rows, total, requests, isWhole } = await readOnce(options);
		const isOnePiece = requests === 1;
		if (isWhole) return { rows, isOnePiece };
		if (reading === MOST_READINGS) return { rows, isOnePiece, unsettled: { total } };
	}
}

function endless(startIndex: number): Failure {
	return new Failure({
		kind: 'answer',
		message: `The list does not go on: from row ${startIndex} it holds only rows that came before`,
		advice: 'Something between n8n and Atlassian ignores the start index. Check the Base URL of the credential',
	});
}
