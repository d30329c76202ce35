import { findMany, type Found, type Search } from './findMany';

/** The pages of a list that were read in a run. */
export class KnownPages<R> {
	readonly #pages = new Map<number, R[]>();

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

	/** Reads a page, unless it was read before or the list ends before it. */
	async read(page: number, readPage: (page: number) => Promise<R[]>): Promise<R[]> {
		const before = this.#pages.get(page - 1);
		if (before && before.length < this.size) return [];
		const known = this.#pages.get(page) ?? (await readPage(page));
		this.#pages.set(page, known);
		return known;
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
	const { keys, keyOf, readPage } = search;
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
	const found = await findMany({
		...search,
		keys: keys.filter((key) => !rows.has(key)),
		readPage: async (page) => await known.read(offset + page, readPage),
	});
	return { ...found, rows: new Map([...rows, ...found.rows]) };
}
