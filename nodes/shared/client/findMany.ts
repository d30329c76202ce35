import { mapConcurrently } from '../http/concurrently';
import { estimatedPages } from './estimatedPages';
import { PagePlan, type PageLimits } from './pagePlan';
import { readPages, type SideBySide } from './readPages';

/** Up to this many keys are looked up individually, because a page of the list would not save requests. */
export const FEW = 2;

/** The most pages that may be requested in vain. */
const MOST_WASTED = 3;

/** While each page finds an object on average, this many pages are expected to be worth reading for each object found. */
const TRUST = 2;

/** With fewer objects found, their number on other pages cannot be estimated. */
const ENOUGH = 10;

/** Objects are not spread evenly over the pages, so this fraction is added to the expected number of pages. */
const MARGIN = 0.25;

export interface Search<R> {
	/** The keys of the objects, as `keyOf` returns them. */
	keys: string[];
	keyOf: (row: R) => string;
	/** Reads one page of the list with `size` objects, counted from 1. The last one can be shorter. */
	readPage: (page: number) => Promise<R[]>;
	size: number;
	/** The number of pages of the list, if the service has said it with a page. */
	pages?: () => number | undefined;
	/** What is known about the length of the list from earlier readings. */
	remembered?: { readonly rows: number | undefined; ended: (rows: number) => void };
	/** Looks up the objects with one key, in one request. */
	lookUp: (key: string) => Promise<R[]>;
	/**
	 * A list can miss objects if it changes while it is read. True if keys that the whole list does not contain are looked up as well.
	 */
	confirmsMissing: boolean;
	/**
	 * True if a key only counts as missing after the whole list was read. The list is then also read for the last missing keys, as long as
	 * its pages contain an object on average.
	 */
	absenceNeedsList: boolean;
	/** Pages and look-ups. */
	sideBySide: SideBySide;
}

export interface Found<R> {
	/** By key. Several objects can have the same key. */
	rows: Map<string, R[]>;
	/** Keys that neither the pages nor the look-ups contain. */
	missing: string[];
	/** The list was read to its end. */
	isWhole: boolean;
}

/** The objects with the wanted keys, and how many pages of the list are worth reading for the others. */
class Findings<R extends { id: string }> {
	readonly rows = new Map<string, R[]>();
	readonly wanted: Set<string>;
	readonly #onTrust: number;
	readonly #ids = new Set<string>();
	#pages = 0;
	/** Pages in a row that contained none of them. */
	#fruitless = 0;

	constructor(private readonly search: Pick<Search<R>, 'keys' | 'keyOf' | 'size' | 'absenceNeedsList'>) {
		this.wanted = new Set(search.keys);
		this.#onTrust = this.wanted.size <= FEW ? 0 : Math.ceil(this.wanted.size / 10);
	}

	/** The number of different objects on the pages. */
	get count(): number {
		return this.#ids.size;
	}

	take(page: R[]): void {
		const before = this.rows.size;
		this.#pages++;
		for (const row of page) {
			if (this.#ids.has(row.id)) continue;
			this.#ids.add(row.id);
			const key = this.search.keyOf(row);
			if (this.wanted.has(key)) this.rows.set(key, [...(this.rows.get(key) ?? []), row]);
		}
		this.#fruitless = this.rows.size === before ? this.#fruitless + 1 : 0;
	}

	/** The pages that are worth a request. */
	limits(): PageLimits {
		const found = this.rows.size;
		const missing = this.wanted.size - found;
		const likely = this.#likely(found, missing);
		// With as many requests, the missing ones could be looked up.
		const worthwhile = likely <= missing ? (found < ENOUGH ? found : TRUST * found) : 0;
		// A page without any of them suggests that the others do not exist.
		const needsEnd = this.search.absenceNeedsList && this.#fruitless > 0 && missing > 0;
		const furthest = needsEnd ? Infinity : this.#pages + Math.min(missing - this.#fruitless, likely);
		const most = Math.max(worthwhile, needsEnd ? found : 0, this.#onTrust);
		return { most: Math.min(most, furthest), furthest, estimate: estimatedPages(this.wanted.size, found, this.#pages) };
	}

	/** The number of further pages that probably contain the missing objects. */
	#likely(found: number, missing: number): number {
		if (this.#pages === 0) return Math.ceil(missing / this.search.size);
		if (found === 0) return Infinity;
		const pages = (missing * this.#pages) / found;
		return Math.ceil(pages) + Math.floor(pages * MARGIN);
	}
}

/**
 * Finds many objects by key. A page of the list costs as much as the look-up of one object, so the list is read while each page finds at
 * least one object on average. At least N/10 pages are read before giving up on the list. Other keys are looked up individually. Pages
 * are read side by side, and so are look-ups.
 */
export async function findMany<R extends { id: string }>(search: Search<R>): Promise<Found<R>> {
	const { size, readPage, pages, remembered, lookUp, confirmsMissing, sideBySide } = search;
	const findings = new Findings(search);
	const { rows, wanted } = findings;
	const plan = new PagePlan({
		expected: remembered?.rows === undefined ? 0 : Math.floor(remembered.rows / size) + 1,
		mayWaste: (known) => Math.min(known, MOST_WASTED),
	});
	await readPages<R>({
		plan,
		size,
		readPage,
		sideBySide,
		limits: () => findings.limits(),
		take: (page) => {
			findings.take(page);
			const last = pages?.();
			if (last !== undefined) plan.endsAt(last);
		},
	});
	const isWhole = plan.isComplete;
	if (isWhole) remembered?.ended(findings.count);
	const others = [...wanted].filter((key) => !rows.has(key));
	if (isWhole && !confirmsMissing) return { rows, missing: others, isWhole };
	const { atOnce: concurrency, clock } = sideBySide;
	const asked = await mapConcurrently(others, { concurrency, clock }, lookUp);
	const missing: string[] = [];
	for (const [index, key] of others.entries()) {
		if (asked[index].length > 0) rows.set(key, asked[index]);
		else missing.push(key);
	}
	return { rows, missing, isWhole };
}
