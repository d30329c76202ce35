/**
 * Keeps the order of writes to the same object when items run concurrently. A write waits for the writes of earlier items to its object.
 * An item has to look up its object first, e.g. by email, so a write also waits until all earlier items have declared their object or
 * have ended.
 */
export class ItemOrder {
	/** By item: resolves when it and all earlier items have declared the objects that they write. */
	readonly #saidUpTo: Array<Promise<unknown>> = [];
	readonly #say: Array<() => void> = [];
	readonly #ended: Array<Promise<void>> = [];
	readonly #end: Array<() => void> = [];
	/** By object: the end of the last item that writes it. */
	readonly #lastWriter = new Map<string, Promise<void>>();

	/** Must be called for each item, in order, before it starts. */
	begin(item: number): void {
		const said = new Promise<void>((resolve) => (this.#say[item] = resolve));
		this.#ended[item] = new Promise<void>((resolve) => (this.#end[item] = resolve));
		this.#saidUpTo[item] = Promise.all([this.#saidUpTo[item - 1], said]);
	}

	/** Resolves when the item may write the object. */
	async turn(item: number, object: string): Promise<void> {
		await this.#saidUpTo[item - 1];
		const before = this.#lastWriter.get(object);
		this.#lastWriter.set(object, this.#ended[item]);
		this.#say[item]();
		await before;
	}

	/** Must be called for each item when it has ended, also after an error. */
	end(item: number): void {
		this.#say[item]();
		this.#end[item]();
	}
}
