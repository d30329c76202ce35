import type { Clock } from '../../shared/http/clock';
import { mapConcurrently } from '../../shared/http/concurrently';
import { Failure } from '../../shared/http/failures';

/** The largest page that Atlassian is known to return. */
export const PAGE_SIZE = 100;

/** A service that ignores `startIndex` returns the same objects again and again. Objects that were inserted meanwhile can fill one page, but not two. */
const MAX_STALE_PAGES = 2;

/** The most pages of one list that are requested at the same time. */
export const MOST_AT_ONCE = 20;

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
	/** The largest number of pages that are requested at the same time. */
	atOnce: number;
	clock: Clock;
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

/** A range of positions that is requested at once. */
interface Range {
	startIndex: number;
	count: number;
}

/** Ranges of one size from a position to at least the last one. They contain at most `limit` objects. */
function rangesOf(startIndex: number, last: number, { size, limit }: { size: number; limit: number }): Range[] {
	const count = Math.min(last - startIndex + 1, limit);
	return Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
		startIndex: startIndex + index * size,
		count: Math.min(size, limit - index * size),
	}));
}

/** One reading of a list. */
class ListReader<R extends { id: string }> {
	/** By position. */
	readonly #pages = new Map<number, R[]>();
	readonly #seen = new Set<string>();
	readonly #totals = new Set<number>();
	#total = Infinity;
	#requests = 0;
	#stalePages = 0;

	constructor(private readonly options: ListingOptions<R>) {}

	/** Page 1 shows how many objects there are, and how many come with a request. The others are then requested side by side. */
	async read(): Promise<Reading<R>> {
		const { limit, atOnce, clock } = this.options;
		let startIndex = 1;
		let size = PAGE_SIZE;
		while (startIndex <= this.#total && this.#seen.size < limit) {
			const missing = limit - this.#seen.size;
			if (this.#total === Infinity) {
				const received = await this.#readPage({ startIndex, count: Math.min(size, missing) });
				if (received === 0) break;
				if (startIndex === 1) size = received;
				startIndex += received;
				continue;
			}
			const ranges = rangesOf(startIndex, this.#total, { size, limit: missing });
			await mapConcurrently(ranges, { concurrency: atOnce, clock }, async (range) => await this.#readRange(range));
			for (const { count } of ranges) startIndex += count;
		}
		const rows = [...this.#pages].sort(([a], [b]) => a - b).flatMap(([, page]) => page);
		// Without a total, an empty page is the end.
		const isComplete = this.#total === Infinity || rows.length === this.#total;
		const isWhole = rows.length >= limit || (this.#totals.size === 1 && isComplete);
		return { rows: rows.slice(0, limit), total: this.#total, requests: this.#requests, isWhole };
	}

	/** Continues after the objects that were received, since a service may return fewer than requested. */
	async #readRange({ startIndex, count }: Range): Promise<void> {
		for (let received = 0; received < count && startIndex + received <= this.#total; ) {
			const more = await this.#readPage({ startIndex: startIndex + received, count: count - received });
			if (more === 0) return;
			received += more;
		}
	}

	/** Returns the number of objects that were received. */
	async #readPage({ startIndex, count }: Range): Promise<number> {
		this.#requests++;
		const { rows, total } = await this.options.readPage(startIndex, count);
		this.#total = total;
		this.#totals.add(total);
		const fresh: R[] = [];
		for (const row of rows) {
			if (this.#seen.has(row.id)) continue;
			this.#seen.add(row.id);
			fresh.push(row);
		}
		this.#pages.set(startIndex, fresh);
		if (rows.length > 0) this.#stalePages = fresh.length === 0 ? this.#stalePages + 1 : 0;
		if (this.#stalePages === MAX_STALE_PAGES) throw endless(startIndex);
		return rows.length;
	}
}

/**
 * Reads a list to its end, or to the limit, without duplicates. If the total changes meanwhile, an object may have moved and been missed,
 * so the list is read again until it does not change.
 *
 * @throws Failure if page after page contains only known objects
 */
export async function readListing<R extends { id: string }>(options: ListingOptions<R>): Promise<Listing<R>> {
	for (let reading = 1; ; reading++) {
		const { rows, total, requests, isWhole } = await new ListReader(options).read();
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
