import type { INodeListSearchResult } from 'n8n-workflow';
import { contains } from './picking';

/** A search may find nothing in many pages. It stops after this number, and continues when the user scrolls. */
const MOST_PIECES_A_CALL = 3;

/** A page of a list, and the token of the next one; none for the last. n8n only accepts text as token. */
export interface Piece<R> {
	rows: R[];
	next?: string;
}

export interface Search<R extends { id: string }> {
	/** Reads the page of the token, or the first page. */
	read: (token?: string) => Promise<Piece<R>>;
	/** Objects to show; all if left out. */
	keep?: (row: R) => boolean;
	/** The labels that the user sees and searches, for each object that is shown. `all` are all objects of the page. */
	labels: (rows: R[], all: R[]) => Promise<string[]> | string[];
	filter?: string;
	/** The page to continue with. */
	token?: string;
}

/** One page without a filter, otherwise as many as one call may read. */
export async function searchPiecewise<R extends { id: string }>({
	read,
	labels,
	keep = () => true,
	filter,
	token,
}: Search<R>): Promise<INodeListSearchResult> {
	const results: INodeListSearchResult['results'] = [];
	let paginationToken = token;
	for (let pieces = 0; pieces < (filter ? MOST_PIECES_A_CALL : 1); pieces++) {
		const { rows, next } = await read(paginationToken);
		const shown = rows.filter(keep);
		const names = await labels(shown, rows);
		shown.forEach((row, index) => {
			if (contains(names[index], filter)) results.push({ name: names[index], value: row.id });
		});
		if (next === undefined) return { results };
		paginationToken = next;
	}
	return { results, paginationToken };
}
