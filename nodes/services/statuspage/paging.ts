import type { RememberedList } from '../../shared/client/listMemory';
import { estimatedPages } from '../../shared/client/estimatedPages';
import { PagePlan } from '../../shared/client/pagePlan';
import { readPages, type SideBySide } from '../../shared/client/readPages';
import { Failure } from '../../shared/http/failures';

/** The largest page that the service returns. */
export const PAGE_SIZE = 100;

/** A service that ignores `page` returns the same objects again and again. Objects that were inserted meanwhile can fill one page, but not two. */
export const MAX_STALE_PAGES = 2;

/** The most pages of one list that are requested at the same time. */
const MOST_AT_ONCE = 20;

/** The most pages that may be requested in vain. A list of one page costs one request. */
const MOST_WASTED = 3;

/** For a list whose number of requests should be predictable. */
export function fewWasted(pages: number): number {
	return Math.min(pages, MOST_WASTED);
}

/** A tenth of long lists. */
export function tenthWasted(pages: number): number {
	return Math.min(pages, Math.max(MOST_WASTED, Math.floor(pages / 10)));
}

export interface KnownObjects<R> {
	count: number;
	isOne: (row: R) => boolean;
}

export interface ListOptions<R extends { id: string }> {
	/** The largest number of objects; `Infinity` for all. */
	limit: number;
	/** Reads one page of `size` objects, counted from 1. */
	readPage: (page: number, size: number) => Promise<R[]>;
	/** Objects to return. Others do not count towards the limit. */
	keep?: (row: R) => boolean;
	/** One page after the other if left out. */
	sideBySide?: SideBySide;
	/** The most pages that may be requested in vain, for a list of at least `pages` pages. */
	mayWaste?: (pages: number) => number;
	/** Objects of which the list probably contains most. Their number on the first pages suggests how long the list is. */
	known?: KnownObjects<R>;
	/** What is known about the list from earlier readings. Without it, pages are taken as they are. */
	remembered?: RememberedList;
}

/** The number of pages with this number of rows, including the empty page after the last full one. */
function pagesFor(rows: number | undefined, size: number): number {
	return rows === undefined ? 0 : Math.floor(rows / size) + 1;
}

/** The rows of a list by page, and whether they arrive at all. */
class ListRows<R extends { id: string }> {
	readonly #pages = new Map<number, R[]>();
	readonly #seen = new Set<string>();
	#stalePages = 0;
	#kept = 0;
	/** The number of known objects among the rows. */
	#found = 0;

	constructor(
		private readonly keep: (row: R) => boolean = () => true,
		private readonly known?: KnownObjects<R>,
	) {}

	/** The probable number of pages; undefined if it cannot be estimated. */
	get estimate(): number | undefined {
		return this.known && estimatedPages(this.known.count, this.#found, this.#pages.size);
	}

	/** The number of rows that count towards the limit. */
	get kept(): number {
		return this.#kept;
	}

	/** The number of different rows. */
	get count(): number {
		return this.#seen.size;
	}

	/** @throws Failure if page after page contains only known objects */
	take(rows: R[], page: number): void {
		const before = this.#seen.size;
		const kept: R[] = [];
		for (const row of rows) {
			if (this.#seen.has(row.id)) continue;
			this.#seen.add(row.id);
			if (this.known?.isOne(row)) this.#found++;
			if (this.keep(row)) kept.push(row);
		}
		this.#pages.set(page, kept);
		this.#kept += kept.length;
		if (rows.length === 0) return;
		this.#stalePages = this.#seen.size === before ? this.#stalePages + 1 : 0;
		if (this.#stalePages === MAX_STALE_PAGES) throw endless(page);
	}

	inOrder(): R[] {
		return [...this.#pages].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows);
	}
}

/** Reads the list with pages of one size. */
async function readInPages<R extends { id: string }>(
	{ limit, readPage, keep, sideBySide, mayWaste = tenthWasted, known, remembered }: ListOptions<R>,
	size: number,
): Promise<{ rows: ListRows<R>; firstPage: R[] }> {
	const rows = new ListRows(keep, known);
	let firstPage: R[] = [];
	// If objects are left out, the number of pages for a limit is unknown, so they are read one after the other.
	const isCounted = limit === Infinity || !keep;
	const plan = new PagePlan({
		expected: pagesFor(remembered?.rows, size),
		lastPage: isCounted ? Math.ceil(limit / size) : Infinity,
		mayWaste,
	});
	await readPages<R>({
		plan,
		size,
		readPage: async (page) => await readPage(page, size),
		sideBySide:
			isCounted && sideBySide ? { ...sideBySide, atOnce: Math.min(sideBySide.atOnce, MOST_AT_ONCE) } : undefined,
		limits: () => ({ most: rows.kept >= limit ? 0 : Infinity, estimate: rows.estimate }),
		take: (answer, page) => {
			remembered?.pageHad(answer.length);
			if (page === 1) firstPage = answer;
			rows.take(answer, page);
		},
	});
	if (limit === Infinity && plan.isComplete) remembered?.ended(rows.count);
	return { rows, firstPage };
}

/**
 * Reads pages until one is short or the limit is reached. A list of exactly N×100 objects takes one more request. If the number of pages
 * is known from the last reading, all pages are requested at once. Otherwise, pages further out are requested to find the end, as far as
 * `mayWaste` and `room` allow. An object that moves to another page while the list is read is returned once, or can be missed.
 *
 * A first page with a typical number of rows, e.g. 25, may have been cut by the service. A second request shows whether it was. The list
 * is then read in pages of that size.
 *
 * @throws Failure if page after page contains only known objects
 */
export async function readList<R extends { id: string }>(options: ListOptions<R>): Promise<R[]> {
	const { limit, keep, readPage, remembered } = options;
	const size = keep ? PAGE_SIZE : Math.min(PAGE_SIZE, limit);
	const whole = await readInPages(options, size);
	const { firstPage } = whole;
	let { rows } = whole;
	const cut = firstPage.length;
	if (cut < size && rows.kept < limit && remembered?.mayBeCut(cut)) {
		const second = await readPage(2, cut);
		const ids = new Set(firstPage.map(({ id }) => id));
		if (second.every(({ id }) => ids.has(id))) remembered.isNotCutAt(cut);
		else {
			const known = new Map([
				[1, firstPage],
				[2, second],
			]);
			const read = async (page: number) => known.get(page) ?? (await readPage(page, cut));
			({ rows } = await readInPages({ ...options, readPage: read, remembered: undefined }, cut));
		}
	}
	return rows.inOrder().slice(0, limit);
}

/** Page after page contains only known objects. */
export function endless(page: number): Failure {
	return new Failure({
		kind: 'answer',
		message: `The list does not end: page ${page} only contains objects of other pages`,
		advice: 'A proxy between n8n and Statuspage may ignore the page number. Check the Base URL of the credential',
	});
}
