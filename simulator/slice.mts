/** Rows of a long list, without copying the whole; `first` counts from 0. */
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
