import { findMany, type Found, type Search } from './findMany';

/** The pages of a list that were read in a run. */
export class KnownPages<R> {
	readonly #pages = new Map<number, R[]>();
	readonly #reading = new Map<number, Promise<R[]>>();
	/** The last page, which is shorter than the others. */
	#last = Infinity;

	/** @param size of a page */
	constructor(private readonly size: number) {}

	/** The number of pages from the start of the list that earlier parts have looked through. */
	count = 0;

	/** The objects on these pages. */
	get rows(): R[] {
		return Array.from({ length: this.count }, (_, index) => this.#pages.get(index + 1) ?? []).flat();
	}

	/** A part has ended. Later ones continue after the pages that were read. */
	endPart(): void {
		while (this.#pages.has(this.count + 1)) this.count++;
	}

	/** Reads a page, unless it was read before or lies beyond the end. A failed read is not kept. */
	async read(page: number, readPage: (page: number) => Promise<R[]>): Promise<R[]> {
		const known = this.#pages.get(page);
		if (known) return known;
		if (page > this.#last) return [];
		const reading = this.#reading.get(page) ?? readPage(page);
		this.#reading.set(page, reading);
		try {
			const rows = await reading;
			this.#pages.set(page, rows);
			if (rows.length < this.size) this.#last = Math.min(this.#last, page);
			return rows;
		} finally {
			this.#reading.delete(page);
		}
	}
}

/**
 * Like `findMany`, for objects that are looked up in several parts. Pages that were read for an earlier part cost nothing, so a later part
 * finds its objects on them first, and then continues after them.
 */
export async function findInParts<R extends { id: string }>(
	known: KnownPages<R>,
	search: Search<R>,
): Promise<Found<R>> {
	const { keys, keyOf, readPage, size, pages, remembered } = search;
	const wanted = new Set(keys);
	const rows = new Map<string, R[]>();
	const ids = new Set<string>();
	const take = (row: R) => {
		if (ids.has(row.id)) return;
		ids.add(row.id);
		rows.set(keyOf(row), [...(rows.get(keyOf(row)) ?? []), row]);
	};
	for (const row of known.rows) if (wanted.has(keyOf(row))) take(row);
	const others = new Set(keys.filter((key) => !rows.has(key)));
	const offset = known.count;
	const withoutKnown = (value: number | undefined, unit: number) =>
		value === undefined ? undefined : Math.max(0, value - offset * unit);
	const found = await findMany({
		...search,
		keys: [...others],
		readPage: async (page) => {
			const read = await known.read(offset + page, readPage);
			// Further objects with a key that is on an earlier page.
			for (const row of read) if (wanted.has(keyOf(row)) && !others.has(keyOf(row))) take(row);
			return read;
		},
		...(pages ? { pages: () => withoutKnown(pages(), 1) } : {}),
		...(remembered
			? {
					remembered: {
						rows: withoutKnown(remembered.rows, size),
						ended: (count: number) => remembered.ended(offset * size + count),
					},
				}
			: {}),
	});
	known.endPart();
	return { ...found, rows: new Map([...rows, ...found.rows]) };
}
