import { EVENTS_OF, type ListEvent, type Source } from './accessKinds';
import { changedHashes, type Row, type Rows } from './accessRows';
import { GROUP_FIELDS, VIEWER_FIELDS, type Seen } from './seen';

/** One change of one object. */
export interface AccessEvent {
	kind: ListEvent;
	id: string;
	/** The object as it was read; left out if it was removed. */
	seen?: Seen;
	/** The object as it was known; left out if it was added. */
	known?: Row;
	/** The changed fields. */
	changed: string[];
}

const HASHED: Record<Source, readonly string[]> = {
	viewerGroups: GROUP_FIELDS,
	viewers: VIEWER_FIELDS,
	teamMembers: [],
	permissions: [],
};

/** The name of the field that is kept as text and compared; undefined where a hash is compared instead. */
const COMPARED_TEXT: Partial<Record<Source, string>> = { viewerGroups: 'name', permissions: 'permissions' };

const NO_ROW: Row = { hashes: '', text: '' };

function changedFields(source: Source, before: Row, after: Row): string[] {
	const text = COMPARED_TEXT[source];
	return [
		...(text !== undefined && before.text !== after.text ? [text] : []),
		...changedHashes(before.hashes, after.hashes).map((index) => HASHED[source][index]),
	];
}

/**
 * Compares a list with what is known about it. Events of additions and changes are in the order of the list, followed by removals.
 *
 * Changes without an event are taken over as well, also those that are not chosen. If n8n does not save them before it ends, the next
 * comparison finds them again, again without an event. Only an object that is added and removed between two saved states is never
 * known, so its removal has no event.
 *
 * @param known what the last comparison found; undefined for the first one, which has no events
 * @param seen all objects of the list. What is missing was confirmed to be removed
 * @param chosen the events to return
 */
export function accessEvents(
	source: Source,
	known: Rows | undefined,
	seen: ReadonlyMap<string, Seen>,
	chosen: readonly ListEvent[],
): { events: AccessEvent[]; next: Rows } {
	const next: Rows = new Map([...seen].map(([id, { row }]) => [id, row]));
	if (!known) return { events: [], next };
	const { added, changed, removed } = EVENTS_OF[source];
	const events: AccessEvent[] = [];
	const add = (kind: ListEvent | undefined, event: Omit<AccessEvent, 'kind'>) => {
		if (kind && chosen.includes(kind)) events.push({ kind, ...event });
	};
	for (const [id, object] of seen) {
		const before = known.get(id);
		// A team member who was not known had no permissions.
		if (!before && source !== 'permissions') add(added, { id, seen: object, changed: [] });
		else {
			const fields = changedFields(source, before ?? NO_ROW, object.row);
			if (fields.length > 0) add(changed, { id, seen: object, known: before ?? NO_ROW, changed: fields });
		}
	}
	for (const [id, row] of known) if (!seen.has(id)) add(removed, { id, known: row, changed: [] });
	return { events, next };
}
