/** Returns `size` rows from index `first`, without copying the whole list. */
export function slice<T>(rows: Iterable<T>, first: number, size: number): T[] {
	const result: T[] = [];
	let index = 0;
	for (const row of rows) {
		if (index++ < first) continue;
		if (result.length === size) break;
		result.push(row);
	}
	return result;
}
