/** A list or table that is read and written in full: values by ID. In a list of IDs, all values are the same. */
export type Contents = ReadonlyMap<string, string>;

/** Changed entries: their new values, or undefined for those that were removed. */
export type Entries = ReadonlyMap<string, string | undefined>;

/** A write that the service confirmed. */
export interface ConfirmedWrite {
	/** The contents that the write was computed from. */
	before: Contents;
	changes: Entries;
	/** It takes access away. */
	isRemoval: boolean;
}

export interface Verdict {
	/** Changes that another write overwrote, because it was computed from contents before them. They can be repeated. */
	overwritten: string[];
	/** Changes that were undone on purpose: after a read that contained them. They must not be repeated. */
	undone: string[];
}

/** The contents of a list of IDs. */
export function contentsOf(ids: readonly string[]): Contents {
	const contents = new Map<string, string>();
	for (const id of ids) contents.set(id, '');
	return contents;
}

/** The entries that a condition accepts. */
export function entriesWhere(entries: Entries, isWanted: (id: string, value: string | undefined) => boolean): Entries {
	const wanted = new Map<string, string | undefined>();
	for (const [id, value] of entries) if (isWanted(id, value)) wanted.set(id, value);
	return wanted;
}

function withChanges(contents: Contents, changes: Entries): Contents {
	const after = new Map(contents);
	for (const [id, value] of changes) {
		if (value === undefined) after.delete(id);
		else after.set(id, value);
	}
	return after;
}

function isSame(a: Contents, b: Contents): boolean {
	return a.size === b.size && [...a].every(([id, value]) => b.get(id) === value);
}

/** Writes without the changes that this process changed again later. Those count as done, and must not be repeated. */
export function stillWanted(writes: readonly ConfirmedWrite[], later: readonly Entries[]): ConfirmedWrite[] {
	if (later.length === 0) return writes.filter(({ changes }) => changes.size > 0);
	const isReplaced = (id: string, value: string | undefined) =>
		later.some((changes) => changes.has(id) && changes.get(id) !== value);
	return writes
		.map((write) => ({ ...write, changes: entriesWhere(write.changes, (id, value) => !isReplaced(id, value)) }))
		.filter(({ changes }) => changes.size > 0);
}

/**
 * Compares contents that were read after one or more writes with these writes.
 *
 * Another process can compute its write from contents before ours and send it afterwards. Such a write undoes all changes of our write,
 * and all changes of our writes after that one. If only some changes of a write are missing, somebody changed them after a read that
 * contained them. The same is true if the contents are exactly as before a write that adds. An addition that was removed on purpose must
 * not be added again. A removal is repeated in this case, because a removal wins over an addition.
 *
 * @param writes in their order
 * @param later changes that this process made to the same contents afterwards, in their order
 */
export function verdictOf(
	writes: readonly ConfirmedWrite[],
	current: Contents,
	later: readonly Entries[] = [],
): Verdict {
	const wanted = stillWanted(writes, later);
	const missingIn = ({ changes }: ConfirmedWrite) => [
		...entriesWhere(changes, (id, value) => current.get(id) !== value).keys(),
	];
	const missing = wanted.map(missingIn);
	const first = missing.findIndex((ids) => ids.length > 0);
	if (first === -1) return { overwritten: [], undone: [] };
	const lost = wanted.slice(first);
	const ids = missing.flat();
	const isWhole = lost.every(({ changes }, index) => missing[first + index].length === changes.size);
	const isAsBefore = () => isSame(current, later.reduce(withChanges, lost[0].before));
	const isUndone = !isWhole || (!lost.some(({ isRemoval }) => isRemoval) && isAsBefore());
	return isUndone ? { overwritten: [], undone: ids } : { overwritten: ids, undone: [] };
}
