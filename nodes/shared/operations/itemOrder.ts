/**
 * The order of items that run side by side: a write waits for the writes of earlier items to the same object. An item first has to
 * find out which object it means (by name, by e-mail), so that each item says so when it knows, and nobody goes before all earlier
 * items have said it or have ended.
 */
export class ItemOrder {
	/** By item: resolves when this item and all before it have said which objects they write. */
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

	/** Must be called for each item when it has ended, whatever came of it. */
	end(item: number): void {
		this.#say[item]();
		this.#end[item]();
	}
}
