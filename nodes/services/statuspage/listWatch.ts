import type { Entries } from '../../shared/client/writeVerdict';
import type { Change } from '../../shared/client/changes';

/** Watches by the name of their list's lock. Only lists whose last write was not checked yet have watches. */
const watches = new Map<string, Set<ListWatch>>();

/** Collects what this process changes in one list while an earlier write of that list waits for its check. */
export class ListWatch {
	/** In their order. */
	readonly changes: Entries[] = [];

	/** Begins at once. `end` must always be called. */
	constructor(private readonly list: string) {
		const known = watches.get(list) ?? new Set();
		watches.set(list, known.add(this));
	}

	end(): void {
		const known = watches.get(this.list);
		known?.delete(this);
		if (known?.size === 0) watches.delete(this.list);
	}
}

/** Changes of a list of IDs. */
export function changesOf(ids: readonly string[], change: Change): Entries {
	const value = change === 'add' ? '' : undefined;
	const changes = new Map<string, string | undefined>();
	for (const id of ids) changes.set(id, value);
	return changes;
}

/**
 * Tells earlier writes of a list that IDs are added or removed now, also if they are already in the list or not in it. The caller must
 * have the lock of the list or of all IDs.
 *
 * @param except the caller's own watch
 */
export function noteChange(list: string, ids: readonly string[], change: Change, except?: ListWatch): void {
	const known = watches.get(list);
	if (!known) return;
	const others = [...known].filter((watch) => watch !== except);
	if (others.length === 0) return;
	const entries = changesOf(ids, change);
	for (const watch of others) watch.changes.push(entries);
}

/**
 * Like `noteChange`, for one ID in many lists.
 *
 * @param listsOf IDs of the objects with these lists
 * @param lockNameOf returns the name of a list's lock
 */
export function noteInLists(
	listsOf: readonly string[],
	lockNameOf: (id: string) => string,
	id: string,
	change: Change,
): void {
	// Most of the time there is no watch, so the names of 100,000 lists are not needed.
	if (watches.size === 0) return;
	for (const owner of listsOf) noteChange(lockNameOf(owner), [id], change);
}
