interface Entry<T> {
	value: T;
	lane: string;
	before?: Entry<T>;
	after?: Entry<T>;
	isQueued: boolean;
}

/** The entries of one execution, linked, so that taking or removing one of thousands moves none of the others. */
class Lane<T> {
	first?: Entry<T>;
	#last?: Entry<T>;

	push(entry: Entry<T>): void {
		entry.before = this.#last;
		if (this.#last) this.#last.after = entry;
		else this.first = entry;
		this.#last = entry;
	}

	putBack(entry: Entry<T>): void {
		entry.after = this.first;
		if (this.first) this.first.before = entry;
		else this.#last = entry;
		this.first = entry;
	}

	remove(entry: Entry<T>): void {
		const { before, after } = entry;
		if (before) before.after = after;
		else this.first = after;
		if (after) after.before = before;
		else this.#last = before;
		entry.isQueued = false;
	}
}

/**
 * A queue that serves executions in turn, and the requests of each execution in order. So a single request is served before the second
 * request of a bulk execution that came earlier.
 */
export class FairQueue<T> {
	/** In the order in which the executions are served. Those without entries are dropped. */
	readonly #lanes = new Map<string, Lane<T>>();

	get isEmpty(): boolean {
		return this.#lanes.size === 0;
	}

	/** The entry that `take` would return. */
	get first(): T | undefined {
		return this.#first?.value;
	}

	/** Returns a function that removes the entry if it is still in the queue. */
	push(lane: string, value: T): () => void {
		const entry: Entry<T> = { value, lane, isQueued: true };
		this.#laneOf(lane).push(entry);
		return () => this.#remove(entry);
	}

	/**
	 * Puts an entry before the other entries of its execution: a request that was rejected, or that belongs to a started unit.
	 * Returns a function that removes the entry if it is still in the queue.
	 */
	putBack(lane: string, value: T): () => void {
		const entry: Entry<T> = { value, lane, isQueued: true };
		this.#laneOf(lane).putBack(entry);
		return () => this.#remove(entry);
	}

	take(): T | undefined {
		const entry = this.#first;
		if (!entry) return undefined;
		const lane = this.#laneOf(entry.lane);
		this.#remove(entry);
		if (this.#lanes.delete(entry.lane)) this.#lanes.set(entry.lane, lane);
		return entry.value;
	}

	/** Removes and returns the entries that meet the condition. */
	remove(condition: (value: T) => boolean): T[] {
		const removed: Array<Entry<T>> = [];
		for (const { first } of this.#lanes.values())
			for (let entry = first; entry; entry = entry.after) if (condition(entry.value)) removed.push(entry);
		for (const entry of removed) this.#remove(entry);
		return removed.map(({ value }) => value);
	}

	get #first(): Entry<T> | undefined {
		for (const { first } of this.#lanes.values()) return first;
		return undefined;
	}

	#remove(entry: Entry<T>): void {
		if (!entry.isQueued) return;
		const lane = this.#laneOf(entry.lane);
		lane.remove(entry);
		if (!lane.first) this.#lanes.delete(entry.lane);
	}

	#laneOf(name: string): Lane<T> {
		const lane = this.#lanes.get(name) ?? new Lane<T>();
		this.#lanes.set(name, lane);
		return lane;
	}
}
