/** Names of objects that are locked together. */
export interface LockRequest {
	/** Objects whose list is written. */
	exclusive?: readonly string[];
	/** Objects in the written list. */
	shared?: readonly string[];
}

/** One request for locks. */
export class LockEntry {
	readonly exclusive: ReadonlySet<string>;
	readonly shared: readonly string[];
	/** The names whose lines it has joined, each of them once. */
	readonly names: string[] = [];
	/** Position in the order of arrival. */
	number = 0;
	/** Number of names with an earlier entry that conflicts. */
	blocks = 0;
	hasLeft = false;

	/** @param grant called once, when all locks are granted */
	constructor(
		{ exclusive = [], shared = [] }: LockRequest,
		readonly grant: () => void,
	) {
		this.exclusive = new Set(exclusive);
		this.shared = shared;
	}
}

/** The entries of one name, if there are several. */
class Line {
	/** Number of entries without an earlier conflict: one exclusive lock, or any number of shared ones. They can still wait for other names. */
	free = 1;
	isExclusive: boolean;
	/** In the order of arrival, so none starves. Entries before `next` are free already, and those that have left are skipped. */
	readonly waiting: LockEntry[] = [];
	next = 0;
	/** The number of the entry that joined last. */
	latest: number;

	constructor(name: string, first: LockEntry) {
		this.isExclusive = first.exclusive.has(name);
		this.latest = first.number;
	}

	/** Whether an entry of this line is free. Free entries arrived before those that wait. */
	isFree({ number }: LockEntry): boolean {
		return this.next === this.waiting.length || number < this.waiting[this.next].number;
	}
}

/** From this number on, entries before `next` are dropped, to free their memory. */
const MANY_DONE = 1000;

/** Shared and exclusive locks by name. All locks of an entry are granted together, so there is no deadlock. */
export class LockTable {
	/**
	 * By name, so a release only looks at entries with the same names. Most names have one entry, and a request can have 100,000 names. An
	 * entry that is alone is therefore stored without a line.
	 */
	readonly #lines = new Map<string, LockEntry | Line>();
	#arrivals = 0;

	/** Number of names with a lock or with an entry that waits for one. */
	get size(): number {
		return this.#lines.size;
	}

	/** Calls `grant` as soon as no earlier entry conflicts, at once if there is none. */
	join(entry: LockEntry): void {
		entry.number = this.#arrivals++;
		// A name in both lists is locked exclusively.
		for (const name of entry.exclusive) this.#enter(name, entry);
		for (const name of entry.shared) this.#enter(name, entry);
		if (entry.blocks === 0) entry.grant();
	}

	/** Releases the locks of an entry, or cancels it if it still waits. */
	leave(entry: LockEntry): void {
		if (entry.hasLeft) return;
		entry.hasLeft = true;
		const ready: LockEntry[] = [];
		for (const name of entry.names) {
			const line = this.#lines.get(name);
			if (line instanceof Line) {
				if (line.isFree(entry)) line.free--;
				this.#freeFirst(name, line, ready);
			} else this.#lines.delete(name);
		}
		for (const next of ready.sort((a, b) => a.number - b.number)) next.grant();
	}

	#enter(name: string, entry: LockEntry): void {
		const known = this.#lines.get(name);
		if (!known) this.#lines.set(name, entry);
		else {
			const line = known instanceof Line ? known : new Line(name, known);
			// The request contains the name twice.
			if (line.latest === entry.number) return;
			line.latest = entry.number;
			this.#lines.set(name, line);
			if (line.next < line.waiting.length || line.isExclusive || entry.exclusive.has(name)) {
				line.waiting.push(entry);
				entry.blocks++;
			} else line.free++;
		}
		entry.names.push(name);
	}

	/** Frees the first entries of a line that no longer conflict. Those that wait for no other name are added to `ready`. */
	#freeFirst(name: string, line: Line, ready: LockEntry[]): void {
		for (; line.next < line.waiting.length; line.next++) {
			const entry = line.waiting[line.next];
			if (entry.hasLeft) continue;
			const isExclusive = entry.exclusive.has(name);
			if (line.free > 0 && (isExclusive || line.isExclusive)) break;
			line.free++;
			line.isExclusive = isExclusive;
			if (--entry.blocks === 0) ready.push(entry);
		}
		if (line.next >= MANY_DONE && line.next * 2 > line.waiting.length) {
			line.waiting.splice(0, line.next);
			line.next = 0;
		}
		if (line.free === 0) this.#lines.delete(name);
	}
}
