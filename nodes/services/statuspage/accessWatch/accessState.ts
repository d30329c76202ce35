import type { ListEvent, Source } from './accessKinds';
import { decodeRows, shortHash, type Rows } from './accessRows';

/** What is known about one source. */
export interface SourceState {
	/** Identifies the service and the page or organization. Another place has another baseline. */
	about: string;
	/** The events that were chosen when the rows were read. An event that is chosen later has no past. */
	kinds: ListEvent[];
	/** All objects, as `encodeRows` makes them. */
	rows: string;
}

/** What the trigger keeps in n8n's static data. It consists of IDs, short hashes and a few names. */
export interface AccessState {
	/** Counts the changes of the state. */
	version: number;
	sources: Partial<Record<Source, SourceState>>;
	/** The expiry date that was reported, or empty if none was. Left out if the key's expiry is not watched. */
	reportedExpiry?: string;
}

const NO_STATE: AccessState = { version: 0, sources: {} };

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSourceState(value: unknown): value is SourceState {
	if (!isObject(value)) return false;
	const { about, kinds, rows } = value;
	return typeof about === 'string' && Array.isArray(kinds) && typeof rows === 'string';
}

/** The state from n8n's static data. Anything else there counts as no state, so the next poll sets the baseline. */
export function readState(value: unknown): AccessState {
	if (!isObject(value) || typeof value.version !== 'number' || !isObject(value.sources)) return NO_STATE;
	const sources = Object.entries(value.sources).filter(([, state]) => isSourceState(state));
	return {
		version: value.version,
		sources: Object.fromEntries(
			sources.map(([source, state]) => {
				const { about, kinds, rows } = state as SourceState;
				return [source, { about, kinds: [...kinds], rows }];
			}),
		),
		...(typeof value.reportedExpiry === 'string' ? { reportedExpiry: value.reportedExpiry } : {}),
	};
}

const PLACE_LENGTH = 12;

/** Identifies a place in the state, without the key itself. */
export function placeHash(...parts: string[]): string {
	return shortHash('place', parts, PLACE_LENGTH);
}

/** The known rows of a source; undefined if there is no baseline for this place. */
export function knownRows(state: SourceState | undefined, about: string): Rows | undefined {
	if (state?.about !== about) return undefined;
	try {
		return decodeRows(state.rows);
	} catch {
		// Somebody edited the static data.
		return undefined;
	}
}
