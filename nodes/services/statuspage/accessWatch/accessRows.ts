import { createHash } from 'crypto';

/** One object as the state keeps it. */
export interface Row {
	/** Short hashes of the watched fields, all of the same length, without a separator. */
	hashes: string;
	/** Plain text that is kept, such as a name; empty if there is none. */
	text: string;
}

/** Rows by ID of the object. */
export type Rows = Map<string, Row>;

/**
 * Six characters of base64 are 36 bits. A change is missed if the new value has the hash of the old one, which happens once in about 69
 * billion changes.
 */
const HASH_LENGTH = 6;

/** @param owner makes equal values of different objects have different hashes, so the state does not show who shares a value */
export function shortHash(owner: string, value: unknown, length = HASH_LENGTH): string {
	return createHash('sha256')
		.update(JSON.stringify([owner, value]))
		.digest('base64')
		.slice(0, length);
}

/** Positions of the hashes that differ. */
export function changedHashes(before: string, after: string): number[] {
	const count = Math.max(before.length, after.length) / HASH_LENGTH;
	return Array.from({ length: count }, (_, index) => index).filter((index) => {
		const [start, end] = [index * HASH_LENGTH, (index + 1) * HASH_LENGTH];
		return before.slice(start, end) !== after.slice(start, end);
	});
}

const escaped = (text: string) => text.replace(/[%, ]/g, encodeURIComponent);

/** One text for all rows, because n8n wraps every nested object of the static data in a proxy. Equal rows give equal texts. */
export function encodeRows(rows: Rows): string {
	return [...rows]
		.map(([id, { hashes, text }]) => [escaped(id), hashes, ...(text ? [escaped(text)] : [])].join(' '))
		.sort()
		.join(',');
}

/** The reverse of `encodeRows`. Throws URIError for a text that it did not make. */
export function decodeRows(text: string): Rows {
	return new Map(
		text
			.split(',')
			.filter((row) => row !== '')
			.map((row) => {
				const [id, hashes = '', kept = ''] = row.split(' ');
				return [decodeURIComponent(id), { hashes, text: decodeURIComponent(kept) }];
			}),
	);
}
