/** An item that has begun and not ended. */
interface Running {
	ended: Promise<void>;
	end: () => void;
	/** The objects that it writes. */
	objects: string[];
}

/**
 * Keeps the order of writes to the same object when items run concurrently. A write waits for the writes of earlier items to its object.
 * An item has to look up its object first, e.g. by email, so a write also waits until all earlier items have declared their object or
 * have ended. Nothing is kept of ended items, because there can be a hundred thousand of them.
 */
export class ItemOrder {
	/** All items before this one have declared the objects that they write, or have ended. */
	#next: number | undefined;
	/** Later items that have declared their objects, have ended, or are left out. */
	readonly #declared = new Set<number>();
	readonly #running = new Map<number, Running>();
	/** By item: resumes it when all earlier items have declared their objects. */
	readonly #waiting = new Map<number, () => void>();
	/** By object: the end of the last item that writes it. */
	readonly #lastWriter = new Map<string, Promise<void>>();

	/** Items that don't run by themselves. Must be called before the first item starts. No item waits for them. */
	leaveOut(items: Iterable<number>): void {
		for (const item of items) this.#declared.add(item);
	}

	/** Must be called for each other item, in order, before it starts. */
	begin(item: number): void {
		this.#next ??= item;
		let end = () => {};
		const ended = new Promise<void>((resolve) => (end = resolve));
		this.#running.set(item, { ended, end, objects: [] });
	}

	/** Resolves when the item may write the object. */
	async turn(item: number, object: string): Promise<void> {
		if (this.#next !== undefined && this.#next < item)
			await new Promise<void>((resolve) => this.#waiting.set(item, resolve));
		const running = this.#running.get(item);
		const before = this.#lastWriter.get(object);
		if (running) {
			running.objects.push(object);
			this.#lastWriter.set(object, running.ended);
		}
		this.#declare(item);
		await before;
	}

	/** Must be called for each item when it has ended, also after an error. */
	end(item: number): void {
		const running = this.#running.get(item);
		this.#running.delete(item);
		this.#declare(item);
		if (!running) return;
		running.end();
		for (const object of running.objects)
			if (this.#lastWriter.get(object) === running.ended) this.#lastWriter.delete(object);
	}

	#declare(item: number): void {
		if (this.#next === undefined || item < this.#next) return;
		this.#declared.add(item);
		while (this.#declared.delete(this.#next)) {
			this.#next++;
			this.#waiting.get(this.#next)?.();
			this.#waiting.delete(this.#next);
		}
	}
}
