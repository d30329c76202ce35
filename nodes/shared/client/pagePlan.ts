/** Probes look for the end of a list within this multiple of the pages that were found. */
const REACH = 5;

/** After page 1, most lists end with page 2 or 3. */
const FIRST_REACH = 2;

/** With an estimate, the first probe is at this fraction of it, so it probably exists even if the estimate is somewhat too high. */
const FIRST_PROBE = 0.7;
/** The end is searched up to this multiple of an estimate. */
const ESTIMATE_REACH = 1.3;

export interface PagePlanOptions {
	/** The number of pages that the list had the last time; 0 if unknown. It is only a guess. */
	expected?: number;
	/** Pages after this one are not needed. */
	lastPage?: number;
	/** The most pages beyond the end that may be requested, for a list of at least `pages` pages. */
	mayWaste: (pages: number) => number;
}

/** What is worth requesting. */
export interface PageLimits {
	/** The largest number of pages in total. */
	most?: number;
	/** Pages after this one are probably not needed. */
	furthest?: number;
	/** The probable number of pages of the whole list. */
	estimate?: number;
}

/**
 * The distances between probes, from the lowest one. With all answers of a round, the next round needs fewer probes. The more probes are
 * left when one lies beyond the end, the more pages can be searched afterwards, so the distances grow.
 *
 * @param spare the number of pages that may be requested in vain
 * @param unknown the number of pages in which the end is searched
 */
function distances(spare: number, unknown: number): number[] {
	// Pages that a number of rounds can search, by the number of pages that may still be requested in vain.
	let reach = new Array<number>(spare + 1).fill(0);
	for (;;) {
		let below = 0;
		const next = reach.map((pages) => {
			const sum = 1 + below + pages;
			below += pages + 1;
			return sum;
		});
		if (next[spare] >= unknown) return reach.slice(0, spare).map((pages) => pages + 1);
		reach = next;
	}
}

/**
 * Decides which pages of a list to request, and in which order, if its length is not known. Page 1 goes alone. If it is full, the next
 * page goes together with probes further out until the end is between two pages. Pages that are known to exist are requested at once.
 */
export class PagePlan {
	readonly #expected: number;
	readonly #lastPage: number;
	readonly #mayWaste: PagePlanOptions['mayWaste'];
	/** The highest page that is known to exist. */
	#last = 0;
	/** The page after it may exist. */
	#isLastFull = true;
	readonly #asked = new Set<number>();
	readonly #answered = new Set<number>();
	/** Pages without rows or without an answer. */
	readonly #useless = new Set<number>();
	readonly #empty = new Set<number>();
	#lowestNotAsked = 1;
	/** Probes to request. */
	#probes: number[] = [];
	/** The answers that the next probes wait for. */
	readonly #awaited = new Set<number>();

	constructor({ expected = 0, lastPage = Infinity, mayWaste }: PagePlanOptions) {
		this.#expected = Math.min(expected, lastPage);
		this.#lastPage = lastPage;
		this.#mayWaste = mayWaste;
	}

	/**
	 * The page to request next; undefined if none should be requested before the next answer.
	 *
	 * @param room the number of requests that can be sent now without delaying others. Pages that may not exist need it
	 */
	next(room: number, limits: PageLimits = {}): number | undefined {
		const { most = Infinity } = limits;
		if (this.#asked.size >= most) return undefined;
		const page = this.#nextNeeded() ?? this.#nextProbe(room, limits) ?? this.#nextInOrder(room);
		if (page !== undefined) this.#asked.add(page);
		return page;
	}

	/** @param isFull the page has as many rows as were requested */
	answered(page: number, { isEmpty, isFull }: { isEmpty: boolean; isFull: boolean }): void {
		this.#answered.add(page);
		this.#awaited.delete(page);
		if (isEmpty) {
			this.#empty.add(page);
			this.#useless.add(page);
		} else if (page > this.#last) {
			this.#last = page;
			this.#isLastFull = isFull;
		}
	}

	/** A page has no answer. Only matters if it is needed. */
	failed(page: number): void {
		this.#awaited.delete(page);
		this.#useless.add(page);
	}

	/** The service has said how many pages there are. */
	endsAt(pages: number): void {
		this.#last = Math.max(this.#last, pages);
		this.#isLastFull = false;
	}

	/** True if the list is not complete without this page. */
	needs(page: number): boolean {
		return page <= this.#last || page === this.#neededPage;
	}

	/** True if the list was read to its end. */
	get isComplete(): boolean {
		for (let page = this.#neededPage ?? this.#last; page > 0; page--) if (!this.#answered.has(page)) return false;
		return true;
	}

	/** The page that shows whether the list ends with the last full one. */
	get #neededPage(): number | undefined {
		return this.#isLastFull && this.#last < this.#lastPage ? this.#last + 1 : undefined;
	}

	/** The lowest page that is known to be empty. */
	get #end(): number {
		return Math.min(Infinity, ...[...this.#empty].filter((page) => page > this.#last));
	}

	#nextNeeded(): number | undefined {
		const page = this.#neededPage;
		return page === undefined || this.#asked.has(page) ? undefined : page;
	}

	#nextProbe(room: number, limits: PageLimits): number | undefined {
		if (this.#awaited.size === 0) this.#planProbes(room, limits);
		const page = this.#probes.shift();
		return page !== undefined && page > this.#last && !this.#asked.has(page) ? page : undefined;
	}

	#planProbes(room: number, { furthest = Infinity, estimate }: PageLimits): void {
		this.#probes = [];
		const needed = this.#neededPage;
		if (needed === undefined) return;
		for (const page of this.#probesAfter(needed, estimate)) {
			// With room for all pages up to the probe, a probe beyond the end does not delay the list.
			if (page >= Math.min(this.#end, furthest + 1, this.#lastPage + 1) || this.#notAskedUpTo(page) > room) break;
			if (!this.#asked.has(page)) this.#probes.push(page);
		}
		for (const awaited of [needed, ...this.#probes]) if (!this.#answered.has(awaited)) this.#awaited.add(awaited);
	}

	/** Pages that show where the list ends, from the lowest one. */
	#probesAfter(needed: number, estimate: number | undefined): number[] {
		const found = this.#last - this.#expected;
		if (found <= 0) return [];
		if (found === 1 && estimate !== undefined) {
			const page = Math.floor(FIRST_PROBE * estimate);
			if (page > needed) return [page];
		}
		const wasted = [...this.#useless].filter((page) => page > needed).length;
		const spare = Math.min(this.#mayWaste(this.#last), found) - wasted;
		if (spare <= 0) return [];
		const unknown = Math.min(this.#end - needed, this.#reach(needed, found, estimate));
		let page = needed;
		return distances(spare, unknown).map((distance) => (page += distance));
	}

	/** The number of pages in which the end is searched. */
	#reach(needed: number, found: number, estimate = 0): number {
		const isTooHigh = this.#end <= estimate * FIRST_PROBE;
		const expected = Math.ceil(estimate * ESTIMATE_REACH) - needed;
		if (expected > 0 && !isTooHigh) return expected;
		return found === 1 ? FIRST_REACH : REACH * found;
	}

	#notAskedUpTo(page: number): number {
		return page - [...this.#asked].filter((asked) => asked <= page).length;
	}

	/** Pages that are known to exist, then expected ones. */
	#nextInOrder(room: number): number | undefined {
		while (this.#asked.has(this.#lowestNotAsked)) this.#lowestNotAsked++;
		const page = this.#lowestNotAsked;
		if (page <= this.#last) return page;
		return this.#isLastFull && page <= this.#expected && page < this.#end && room > 0 ? page : undefined;
	}
}
