/**
 * A queue that serves its lanes in turn, and each lane in order. A lane is one execution: one leaver's request goes before the
 * second request of a bulk that came earlier.
 */
export class FairQueue<T> {
	/** In the order in which the lanes are served. Lanes without entries are dropped. */
	readonly #lanes = new Map<string, T[]>();

	get isEmpty(): boolean {
		return this.#lanes.size === 0;
	}

	push(lane: string, entry: T): void {
		const entries = this.#lanes.get(lane);
		if (entries) entries.push(entry);
		else this.#lanes.set(lane, [entry]);
	}

	/** Puts back what was taken and could not be done: before the other entries of its lane. */
	putBack(lane: string, entry: T): void {
		this.#lanes.set(lane, [entry, ...(this.#lanes.get(lane) ?? [])]);
	}

	take(): T | undefined {
		for (const [lane, [entry, ...rest]] of this.#lanes) {
			this.#lanes.delete(lane);
			if (rest.length > 0) this.#lanes.set(lane, rest);
			return entry;
		}
		return undefined;
	}

	/** Removes the entries that meet the condition, and returns them. */
	remove(condition: (entry: T) => boolean): T[] {
		const removed: T[] = [];
		for (const [lane, entries] of [...this.#lanes]) {
			const kept = entries.filter((entry) => !condition(entry));
			if (kept.length === entries.length) continue;
			removed.push(...entries.filter(condition));
			if (kept.length > 0) this.#lanes.set(lane, kept);
			else this.#lanes.delete(lane);
		}
		return removed;
	}
}
