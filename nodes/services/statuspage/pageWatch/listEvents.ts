import { incidentEvents, type IncidentEvent, type KnownIncident } from '../events/incidentEvents';
import { fullyKnown, packedList, unpackedList, type KnownEntry, type ListState } from './listState';
import type { ListedIncident, ListReading } from './pageReading';

/** An event of a list: something happened to an incident, or an open one is not on the page anymore. */
export type ListEvent =
	| { incident: ListedIncident; change: IncidentEvent }
	| { removed: { id: string; name: string; status: string; isBeyond: boolean } };

export interface ListOutcome {
	/** The oldest incident first. */
	events: ListEvent[];
	next: ListState;
	/** More incidents are new than the feed has room for, so others may be missing. */
	mayHaveMissed: boolean;
}

/** The status in the state of an incident whose removal was told. No answer contains it. */
const REMOVED = 'removed';

/**
 * IDs of ended incidents that are older than the feed of the newest was before. They come back if a newer one is deleted. They are at the
 * end of a feed that was full, after every incident that is known.
 */
function returnedIds(state: ListState, known: Map<string, KnownEntry>, { recent }: ListReading): Set<string> {
	const last = recent.map((id) => known.has(id)).lastIndexOf(true);
	return new Set(state.isFull && last !== -1 ? recent.slice(last + 1) : []);
}

/** A reading is treated like a delivery: a cache can return an older one, and its status must not fall back. */
function follow(known: KnownIncident | undefined, incident: ListedIncident): ReturnType<typeof incidentEvents> {
	const result = incidentEvents(known, incident, false);
	const last = result.events.at(-1);
	return last ? { ...result, known: { ...result.known, status: last.newStatus } } : result;
}

/** The new entry of an incident in the reading, and its events. */
function present(
	entry: KnownEntry | undefined,
	incident: ListedIncident,
	{ isOld, passes }: { isOld: boolean; passes: boolean },
): { entry: KnownEntry; events: IncidentEvent[] } {
	const isTold = passes || entry?.mark === 'told';
	// An incident that a filter held back is told from its beginning. After a restart it can be unknown, which has the same events.
	const isFirst = entry === undefined || (entry.mark === 'held' && isTold);
	const { events, known } = follow(isFirst ? undefined : fullyKnown(entry, incident), incident);
	const mark = isTold ? 'told' : (entry?.mark ?? (isOld ? 'old' : 'held'));
	const isCut = entry?.isCut;
	return {
		entry: {
			id: incident.id,
			known,
			mark,
			...(isCut ? { isCut } : {}),
			...(known.phase === 'ended' ? {} : { name: incident.name }),
		},
		events: isTold && !isOld ? events : [],
	};
}

function hadRoom(known: Map<string, KnownEntry>, id: string, { recent, isFull }: ListReading): boolean {
	if (!isFull) return true;
	const ids = [...known.keys()];
	return ids.slice(ids.indexOf(id) + 1).some((older) => !known.get(older)?.absence && recent.includes(older));
}

/** An incident that is not in the feeds. Caches are not of the same age, so only a second reading shows that it was removed. */
function absent(
	entry: KnownEntry,
	{ hasRoom, canTell }: { hasRoom: boolean; canTell: boolean },
): { entry: KnownEntry; events: ListEvent[] } {
	const absence = entry.absence ?? (hasRoom ? 'gone' : 'beyond');
	const next: KnownEntry = { ...entry, absence };
	const isOpen = entry.known.phase !== 'ended';
	if (entry.absence === undefined || !isOpen || !canTell) return { entry: next, events: [] };
	const { id, known, name = id, mark } = entry;
	return {
		entry: { id, mark, absence, known: { ...known, phase: 'ended', status: REMOVED } },
		events: mark === 'told' ? [{ removed: { id, name, status: known.status, isBeyond: absence === 'beyond' } }] : [],
	};
}

/**
 * What happened to the incidents or to the maintenances of a page since the last reading. The first reading has no events. IDs show what
 * is new. A time does not: an incident can be backdated, and one can begin and end between two readings.
 *
 * @param passes true if the filters let the incident through
 */
export function listEvents(
	state: ListState | undefined,
	reading: ListReading,
	{ isMaintenance, passes }: { isMaintenance: boolean; passes: (incident: ListedIncident) => boolean },
): ListOutcome {
	const known = state ? unpackedList(state) : new Map<string, KnownEntry>();
	const returned = state ? returnedIds(state, known, reading) : undefined;
	const entries: KnownEntry[] = [];
	const events: ListEvent[] = [];
	for (const incident of [...reading.incidents].reverse()) {
		const { id } = incident;
		const isEnded = follow(undefined, incident).known.phase === 'ended';
		const isOld = !known.has(id) && (!returned || (isEnded && returned.has(id)));
		const outcome = present(known.get(id), incident, { isOld, passes: passes(incident) });
		entries.unshift(outcome.entry);
		events.push(...outcome.events.map((change) => ({ incident, change })));
	}
	const ids = new Set(reading.incidents.map(({ id }) => id));
	for (const entry of known.values()) {
		if (ids.has(entry.id)) continue;
		const hasRoom = hadRoom(known, entry.id, reading);
		// An incident can also be missing because both feeds are full.
		const canTell = !isMaintenance && (entry.absence === 'gone' || !reading.isCurrentFull);
		const outcome = absent(entry, { hasRoom, canTell });
		entries.push(outcome.entry);
		events.push(...outcome.events);
	}
	return {
		events,
		next: packedList(entries, reading.isFull),
		mayHaveMissed: state !== undefined && reading.isFull && !reading.recent.some((id) => known.has(id)),
	};
}
