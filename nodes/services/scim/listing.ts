import { Failure } from '../../shared/http/failures';

/** The largest page that Atlassian is known to return. */
export const PAGE_SIZE = 100;

/** A service that ignores `startIndex` returns the same objects again and again. Objects that were inserted meanwhile can fill one page, but not two. */
const MAX_STALE_PAGES = 2;

/** A directory that changes during each of this many readings is being synchronized. */
const MOST_READINGS = 3;

export interface Page<R extends { id: string }> {
	rows: R[];
	/** The total that the service names with this page; `Infinity` if it names none. */
	total: number;
}

export interface ListingOptions<R extends { id: string }> {
	/** The largest number of objects; `Infinity` for all. */
	limit: number;
	/** Reads at most `count` objects from `startIndex`, which counts from 1. */
	readPage: (startIndex: number, count: number) => Promise<Page<R>>;
}

export interface Listing<R extends { id: string }> {
	rows: R[];
	/** Read with one request, so no object can be missing. */
	isOnePiece: boolean;
	/** The directory changed during every reading, so objects may be missing. Contains the last total that the service named. */
	unsettled?: { total: number };
}

interface Reading<R extends { id: string }> {
	rows: R[];
	total: number;
	requests: number;
	/** The total did not change while the list was read, and the list is complete. */
	isWhole: boolean;
}

/** Reads a list once. It continues after the objects that were received, since a service may return fewer than requested. */
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
 * Reads a list to its end, or to the limit, without duplicates. If the total changes meanwhile, an object may have moved and been missed,
 * so the list is read again until it does not change.
 *
 * @throws Failure if page after page contains only known objects
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
		message: `The list does not end: from position ${startIndex} it only contains earlier objects`,
		advice: 'A proxy between n8n and Atlassian may ignore the start index. Check the Base URL of the credential',
	});
}
