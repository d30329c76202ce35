/** So few are asked for one by one: a page of the list would cost as much as it could save. */
const FEW = 2;

export interface Search<R> {
	/** What the objects are known by, as `keyOf` gives it. */
	keys: string[];
	keyOf: (row: R) => string;
	/** One page of the list, `size` rows unless it is the last one; pages count from 1. */
	readPage: (page: number) => Promise<R[]>;
	size: number;
	/** One object, with a request of its own. */
	ask: (key: string) => Promise<R | undefined>;
}

/**
 * Many objects, by key. A page of the list costs as much as a call for one object: the list is read as long as its pages have found
 * one each on average (the first ones on trust). What was not shown is asked for: a row can slip through a list while it is read.
 */
export async function findMany<R>({ keys, keyOf, readPage, size, ask }: Search<R>): Promise<Map<string, R>> {
	const missing = new Set(keys);
	const found = new Map<string, R>();
	const onTrust = missing.size <= FEW ? 0 : Math.ceil(missing.size / 10);
	for (let page = 1; missing.size > 0 && page <= Math.max(found.size, onTrust); page++) {
		const rows = await readPage(page);
		for (const row of rows) if (missing.delete(keyOf(row))) found.set(keyOf(row), row);
		if (rows.length < size) break;
	}
	for (const key of missing) {
		const row = await ask(key);
		if (row !== undefined) found.set(key, row);
	}
	return found;
}
