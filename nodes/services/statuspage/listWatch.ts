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

/**
 * Tells earlier writes of a list that IDs are added or removed now, also if they are already in the list or not in it. The caller must
 * have the lock of the list or of all IDs.
 *
 * @param except the caller's own watch
 */
export function noteChange(list: string, ids: readonly string[], change: Change, except?: ListWatch): void {
	for (const watch of watches.get(list) ?? []) {
		if (watch !== except) watch.changes.push(new Map(ids.map((id) => [id, change === 'add' ? '' : undefined])));
	}
}
