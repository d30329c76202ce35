/** What one run has read already: look-ups by name are made once. Values belong to a key, and to the run. */
export class RunCache {
	readonly #values = new Map<string, unknown>();
	readonly #reads = new Map<string, Promise<unknown>>();

	/** The result of the first `read` for the key. A read that fails is not kept. */
	async read<V>(key: string, read: () => Promise<V>): Promise<V> {
		const known = this.#reads.get(key) ?? read();
		this.#reads.set(key, known);
		known.catch(() => this.#reads.delete(key));
		return (await known) as V;
	}

	/** Keeps a value, e.g. what a list showed of one person. */
	set(key: string, value: unknown): void {
		this.#values.set(key, value);
	}

	/** The value that was set, in a list of one; an empty list where none was. */
	get<V>(key: string): V[] {
		return this.#values.has(key) ? [this.#values.get(key) as V] : [];
	}
}
