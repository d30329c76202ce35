/** The entries of one execution. Entries that were put back come first. */
class Lane<T> {
	/** The last one is next. */
	#putBack: T[] = [];
	#entries: T[] = [];
	/** Entries before this index were taken. Removing the first of thousands each time would copy all of them. */
	#start = 0;

	get first(): T | undefined {
		return this.#putBack.at(-1) ?? this.#entries[this.#start];
	}

	get isEmpty(): boolean {
		return this.#putBack.length === 0 && this.#start >= this.#entries.length;
	}

	push(entry: T): void {
		this.#entries.push(entry);
	}

	putBack(entry: T): void {
		this.#putBack.push(entry);
	}

	take(): T | undefined {
		if (this.#putBack.length > 0) return this.#putBack.pop();
		const entry = this.#entries[this.#start++];
		if (this.#start > 1000 && this.#start * 2 > this.#entries.length) {
			this.#entries = this.#entries.slice(this.#start);
			this.#start = 0;
		}
		return entry;
	}

	remove(condition: (entry: T) => boolean): T[] {
		const waiting = this.#entries.slice(this.#start);
		const removed = [...[...this.#putBack].reverse(), ...waiting].filter(condition);
		if (removed.length === 0) return [];
		this.#putBack = this.#putBack.filter((entry) => !condition(entry));
		this.#entries = waiting.filter((entry) => !condition(entry));
		this.#start = 0;
		return removed;
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
		for (const lane of this.#lanes.values()) return lane.first;
		return undefined;
	}

	push(lane: string, entry: T): void {
		this.#laneOf(lane).push(entry);
	}

	/** Puts an entry before the other entries of its execution: a request that was rejected, or that belongs to a started unit. */
	putBack(lane: string, entry: T): void {
		this.#laneOf(lane).putBack(entry);
	}

	take(): T | undefined {
		for (const [name, lane] of this.#lanes) {
			const entry = lane.take();
			this.#lanes.delete(name);
			if (!lane.isEmpty) this.#lanes.set(name, lane);
			return entry;
		}
		return undefined;
	}

	/** Removes and returns the entries that meet the condition. */
	remove(condition: (entry: T) => boolean): T[] {
		const removed: T[] = [];
		for (const [name, lane] of [...this.#lanes]) {
			removed.push(...lane.remove(condition));
			if (lane.isEmpty) this.#lanes.delete(name);
		}
		return removed;
	}

	#laneOf(name: string): Lane<T> {
		const lane = this.#lanes.get(name) ?? new Lane<T>();
		this.#lanes.set(name, lane);
		return lane;
	}
}
