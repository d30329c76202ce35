import type { INodeListSearchResult } from 'n8n-workflow';
import { contains } from './picking';

/** A search may find nothing in many pieces of a list: it stops here, and goes on when the user scrolls. */
const MOST_PIECES_A_CALL = 3;

/** A piece of a list, and the token of the next one; none for the last. n8n takes tokens as text only. */
export interface Piece<R> {
	rows: R[];
	next?: string;
}

export interface Search<R extends { id: string }> {
	/** Without a token, the first piece. */
	read: (token?: string) => Promise<Piece<R>>;
	/** Rows that are shown; all when left out. */
	keep?: (row: R) => boolean;
	/** What the user sees and searches in, for each row that is shown. `all` are the rows of the piece. */
	labels: (rows: R[], all: R[]) => Promise<string[]> | string[];
	filter?: string;
	/** The piece to go on with. */
	token?: string;
}

/** One piece without a filter; with one, as many as a call may read. */
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
