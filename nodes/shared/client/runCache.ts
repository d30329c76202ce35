/** Results of one run by key, so that e.g. a list of names is read only once. */
export class RunCache {
	readonly #values = new Map<string, unknown>();
	readonly #reads = new Map<string, Promise<unknown>>();

	/** The result of the first `read` for the key. A failed read is not cached. */
	async read<V>(key: string, read: () => Promise<V>): Promise<V> {
		const known = this.#reads.get(key) ?? read();
		this.#reads.set(key, known);
		known.catch(() => this.#reads.delete(key));
		return (await known) as V;
	}

	/** Caches a value, e.g. a viewer from a list. */
	set(key: string, value: unknown): void {
		this.#values.set(key, value);
	}

	/** The cached value in a list of one; an empty list if there is none. */
	get<V>(key: string): V[] {
		return this.#values.has(key) ? [this.#values.get(key) as V] : [];
	}
}
