import { createHash } from 'crypto';

/** The number of lists and endpoints that are remembered. The ones that were not used for the longest time are forgotten. */
const MOST_ENTRIES = 1000;

/** Typical limits of a service or proxy that ignores the requested number of rows. */
const TYPICAL_LIMITS = [10, 20, 25, 50];

/** Identifies a list of a service, as seen with one key. */
export interface ListPlace {
	baseUrl: string;
	secret: string;
	/** The name of the endpoint. */
	name: string;
	ids: object;
	query?: object;
}

/** What is remembered about one list. */
export interface RememberedList {
	/** The number of rows in the last complete reading. Undefined if the list was short, or was never read. */
	readonly rows: number | undefined;
	/** The list was read to its end. */
	ended: (rows: number) => void;
	/** True if a first page with this number of rows may have been cut by the service. */
	mayBeCut: (rows: number) => boolean;
	/** A page had this number of rows, so the service does not cut pages at a smaller number. */
	pageHad: (rows: number) => void;
	/** There was no second page after a first one with this number of rows, so the service does not cut pages there. */
	isNotCutAt: (rows: number) => void;
}

/** A map that forgets the entries that were not used for the longest time. */
class BoundedMap<V> {
	readonly #entries = new Map<string, V>();

	get(key: string): V | undefined {
		const value = this.#entries.get(key);
		if (value !== undefined) this.set(key, value);
		return value;
	}

	set(key: string, value: V): void {
		this.#entries.delete(key);
		this.#entries.set(key, value);
		const [oldest] = this.#entries.keys();
		if (this.#entries.size > MOST_ENTRIES) this.#entries.delete(oldest);
	}

	delete(key: string): void {
		this.#entries.delete(key);
	}
}

/**
 * Remembers how long lists are, so the next reading can request all pages at once. Contains hashes and numbers, and no keys, names or
 * contents.
 */
export class ListMemory {
	readonly #rows = new BoundedMap<number>();
	/** By endpoint: numbers of rows at which its pages are not cut. */
	readonly #notCutAt = new BoundedMap<Set<number>>();

	/** @param size the number of rows of a full page. Shorter lists take one request, so they are not remembered */
	of({ baseUrl, secret, name, ids, query }: ListPlace, size: number): RememberedList {
		const hash = (...parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64');
		const list = hash(baseUrl, secret, name, ids, query ?? {});
		const endpoint = hash(baseUrl, secret, name);
		const exclude = (isExcluded: (limit: number) => boolean) => {
			const known = this.#notCutAt.get(endpoint) ?? new Set();
			for (const limit of TYPICAL_LIMITS) if (isExcluded(limit)) known.add(limit);
			this.#notCutAt.set(endpoint, known);
		};
		const rows = this.#rows;
		return {
			get rows() {
				return rows.get(list);
			},
			ended: (count) => {
				if (count < size) rows.delete(list);
				else rows.set(list, count);
			},
			mayBeCut: (count) => TYPICAL_LIMITS.includes(count) && !this.#notCutAt.get(endpoint)?.has(count),
			pageHad: (count) => exclude((limit) => limit < count),
			isNotCutAt: (count) => exclude((limit) => limit === count),
		};
	}
}
