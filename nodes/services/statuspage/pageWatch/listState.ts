import type { KnownIncident } from '../events/incidentEvents';
import type { IncidentReading } from '../events/incidentReading';

/**
 * `told`: its events are output. `held`: a filter holds its events back, and they are output together once it passes. `old`: it is older
 * than the trigger, so only new events are output once it passes.
 */
export type Mark = 'told' | 'held' | 'old';

/** The incident is not in the feeds. `beyond`: the feed of the newest had no room for it, so it may only have ended. */
export type Absence = 'gone' | 'beyond';

/** What is known of an incident of the list. */
export interface KnownEntry {
	id: string;
	known: KnownIncident;
	mark: Mark;
	/** Since the last reading. */
	absence?: Absence;
	/** Of an incident that is open, for the output of its removal. */
	name?: string;
	/** Some IDs of older updates were dropped. */
	isCut?: true;
}

/** An entry in n8n's static data: ID, phase and mark, status, IDs of the updates, and if needed absence and name. */
export type PackedEntry = [id: string, flags: string, status: string, updates: string, absence?: string, name?: string];

/** The incidents or the maintenances of one page, in n8n's static data. */
export interface ListState {
	/** The feed of the newest was full. */
	isFull?: true;
	entries: PackedEntry[];
}

/** The largest numbers in the state. What is older is dropped. */
const MOST_OPEN_UPDATES = 60;
const MOST_ENDED_UPDATES = 4;
const MOST_ABSENT_UPDATES = 1;
const MOST_ABSENT = 50;
const LONGEST_NAME = 100;

const PHASES = { s: 'scheduled', o: 'open', e: 'ended' } as const;
const MARKS = { t: 'told', h: 'held', b: 'old' } as const;
const ABSENCES = { g: 'gone', b: 'beyond' } as const;

const letterOf = (names: Record<string, string>, name: string) =>
	Object.keys(names).find((letter) => names[letter] === name) ?? '';

function mostUpdates({ phase }: KnownIncident, absence: Absence | undefined): number {
	if (phase !== 'ended') return MOST_OPEN_UPDATES;
	return absence === undefined ? MOST_ENDED_UPDATES : MOST_ABSENT_UPDATES;
}

function packed({ id, known, mark, absence, name, isCut }: KnownEntry): PackedEntry {
	const most = mostUpdates(known, absence);
	const cut = isCut || known.updates.length > most ? '…' : '';
	const flags = letterOf(PHASES, known.phase) + letterOf(MARKS, mark) + cut;
	const entry: PackedEntry = [id, flags, known.status.slice(0, LONGEST_NAME), known.updates.slice(-most).join(' ')];
	if (absence !== undefined || name !== undefined) entry.push(absence === undefined ? '' : letterOf(ABSENCES, absence));
	if (name !== undefined) entry.push(name.slice(0, LONGEST_NAME));
	return entry;
}

function unpacked([id, flags, status, updates, absence = '', name]: PackedEntry): KnownEntry {
	const [phase, mark, cut] = [...flags] as [keyof typeof PHASES, keyof typeof MARKS, string?];
	return {
		id,
		known: { phase: PHASES[phase], status, updates: updates === '' ? [] : updates.split(' ') },
		mark: MARKS[mark],
		...(absence === '' ? {} : { absence: ABSENCES[absence as keyof typeof ABSENCES] }),
		...(name === undefined ? {} : { name }),
		...(cut === undefined ? {} : { isCut: true }),
	};
}

/** @param entries those of the reading in its order, then the absent ones, the last seen first */
export function packedList(entries: KnownEntry[], isFull: boolean): ListState {
	const present = entries.filter(({ absence }) => absence === undefined);
	const absent = entries.filter(({ absence }) => absence !== undefined).slice(0, MOST_ABSENT);
	return { ...(isFull ? { isFull } : {}), entries: [...present, ...absent].map(packed) };
}

export function unpackedList({ entries }: ListState): Map<string, KnownEntry> {
	return new Map(entries.map((entry) => [entry[0], unpacked(entry)]));
}

/** What is known, with the IDs that were dropped: all updates before the oldest known one. */
export function fullyKnown({ known, isCut }: KnownEntry, { updates }: IncidentReading): KnownIncident {
	if (!isCut) return known;
	const ids = updates.map(({ id }) => id);
	const first = ids.findIndex((id) => known.updates.includes(id));
	// Without any known update, nothing shows which ones are new.
	const dropped = first === -1 ? ids : ids.slice(0, first);
	return { ...known, updates: [...dropped, ...known.updates] };
}

/** The list for other filters: the events since the last reading are judged by them, but earlier ones are not told afterwards. */
export function withoutMarks(state: ListState): ListState {
	const entries = [...unpackedList(state).values()].map((entry): KnownEntry => ({ ...entry, mark: 'old' }));
	return packedList(entries, state.isFull === true);
}
