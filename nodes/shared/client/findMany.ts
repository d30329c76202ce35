/** So few are asked for one by one: a page of the list would cost as much as it could save. */
const FEW = 2;

export interface Search<R> {
	/** What the objects are known by, as `keyOf` gives it. */
	keys: string[];
	keyOf: (row: R) => string;
	/** One page of the list, `size` rows unless it is the last one; pages count from 1. */
	readPage: (page: number) => Promise<R[]>;
	size: number;
	/** The objects with one key, with a request of its own. */
	lookUp: (key: string) => Promise<R[]>;
}

export interface Found<R> {
	/** By key; more than one where several objects share it. */
	rows: Map<string, R[]>;
	/** Not found, neither in the pages that were read nor when asked for. */
	missing: string[];
	/** The list was read to its end. */
	isWhole: boolean;
}

/**
 * Many objects, by key. A page of the list costs as much as a call for one object: the list is read as long as its pages have found
 * one each on average (the first ones on trust). What was not shown is asked for: a row can slip through a list while it is read.
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
