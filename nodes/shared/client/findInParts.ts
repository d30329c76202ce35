import { findMany, type Found, type Search } from './findMany';

/** The pages of a list that were read in a run. */
export class KnownPages<R> {
	readonly #pages = new Map<number, R[]>();
	readonly #reading = new Map<number, Promise<R[]>>();
	/** The last page, which is shorter than the others. */
	#last = Infinity;

	/** @param size of a page */
	constructor(private readonly size: number) {}

	/** The number of pages from the start of the list that were read. */
	get count(): number {
		let count = 0;
		while (this.#pages.has(count + 1)) count++;
		return count;
	}

	/** The objects on all pages. */
	get rows(): R[] {
		return [...this.#pages.values()].flat();
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
	for (const row of known.rows) {
		const key = keyOf(row);
		if (!wanted.has(key) || ids.has(row.id)) continue;
		ids.add(row.id);
		rows.set(key, [...(rows.get(key) ?? []), row]);
	}
	const offset = known.count;
	const withoutKnown = (value: number | undefined, unit: number) =>
		value === undefined ? undefined : Math.max(0, value - offset * unit);
	const found = await findMany({
		...search,
		keys: keys.filter((key) => !rows.has(key)),
		readPage: async (page) => await known.read(offset + page, readPage),
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
	return { ...found, rows: new Map([...rows, ...found.rows]) };
}
