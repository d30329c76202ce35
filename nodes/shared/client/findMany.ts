/** Up to this many keys are looked up individually, because a page of the list would not save requests. */
const FEW = 2;

export interface Search<R> {
	/** The keys of the objects, as `keyOf` returns them. */
	keys: string[];
	keyOf: (row: R) => string;
	/** Reads one page of the list with `size` objects, counted from 1. The last one can be shorter. */
	readPage: (page: number) => Promise<R[]>;
	size: number;
	/** Looks up the objects with one key, in one request. */
	lookUp: (key: string) => Promise<R[]>;
}

export interface Found<R> {
	/** By key. Several objects can have the same key. */
	rows: Map<string, R[]>;
	/** Keys that neither the pages nor the look-ups contain. */
	missing: string[];
	/** The list was read to its end. */
	isWhole: boolean;
}

/**
 * Finds many objects by key. A page of the list costs as much as the look-up of one object, so the list is read while each page finds at
 * least one object on average. At least N/10 pages are read before giving up on the list. Keys that were not found are looked up
 * individually, because a list can miss objects if it changes while it is read.
 */
export async function findMany<R extends { id: string }>({
	keys,
	keyOf,
	readPage,
	size,
	lookUp: ask,
}: Search<R>): Promise<Found<R>> {
	const wanted = new Set(keys);
	const rows = new Map<string, R[]>();
	const onTrust = wanted.size <= FEW ? 0 : Math.ceil(wanted.size / 10);
	let isWhole = false;
	for (let page = 1; rows.size < wanted.size && page <= Math.max(rows.size, onTrust) && !isWhole; page++) {
		const read = await readPage(page);
		for (const row of read) {
			const key = keyOf(row);
			if (!wanted.has(key)) continue;
			const known = rows.get(key) ?? [];
			if (!known.some(({ id }) => id === row.id)) rows.set(key, [...known, row]);
		}
		isWhole = read.length < size;
	}
	const missing: string[] = [];
	for (const key of wanted) {
		if (rows.has(key)) continue;
		const asked = await ask(key);
		if (asked.length > 0) rows.set(key, asked);
		else missing.push(key);
	}
	return { rows, missing, isWhole };
}
