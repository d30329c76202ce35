import { nameKey } from '../client/matching';
import { Failure } from '../http/failures';
import { quoted } from './invalidValue';
import type { Entry, EntryList } from './entryList';
import { invalidInput, NOTHING_CHANGED } from './invalidInput';

/** An object that can be found by ID or name. */
export interface Named {
	id: string;
	name: string;
}

export interface NameScope {
	/** The label of the field, with quotes. */
	label: string;
	/** "viewer group". */
	noun: string;
	/** "on this page"; undefined if there is only one place. */
	place?: string;
	candidates: readonly Named[];
	/** True for a text in the format of an ID. */
	isId: (text: string) => boolean;
	/** Accept IDs that no candidate has, e.g. for removals, which then report that there is nothing to remove. */
	allowUnknownIds?: boolean;
	item?: number;
}

/** Names shown in a message, to help with a misspelled one. */
const MOST_SUGGESTIONS = 10;

function notFound({ label, noun, place, candidates, item }: NameScope, { text, isId }: Entry): Failure {
	const names = candidates
		.slice(0, MOST_SUGGESTIONS)
		.map(({ name }) => `"${name}"`)
		.join(', ');
	const more = candidates.length > MOST_SUGGESTIONS ? ` and ${candidates.length - MOST_SUGGESTIONS} more` : '';
	const suggestions =
		candidates.length === 0 ? `There is no ${noun}${place ? ` ${place}` : ''}` : `Existing ${noun}s: ${names}${more}`;
	const failure = invalidInput(
		label,
		`contains ${quoted(text)}, but no ${noun}${place ? ` ${place}` : ''} has this ${isId ? 'ID' : 'name or ID'}`,
		suggestions,
		item,
		NOTHING_CHANGED,
	);
	return new Failure({ ...failure.facts, status: 404, isNotFound: true });
}

function ambiguous({ label, noun, item }: NameScope, { text }: Entry, found: Named[]): Failure {
	return invalidInput(
		label,
		`contains ${quoted(text)}, which is the name of ${found.length} ${noun}s: ${found.map(({ id }) => id).join(', ')}`,
		'Use one of these IDs',
		item,
		NOTHING_CHANGED,
	);
}

interface Index {
	byId: Map<string, Named>;
	byName: Map<string, Named[]>;
}

/** Indexes by candidates. Thousands of lists can be resolved with the same candidates. */
const indexes = new WeakMap<readonly Named[], Index>();

function indexOf(candidates: readonly Named[]): Index {
	const cached = indexes.get(candidates);
	if (cached) return cached;
	const index: Index = { byId: new Map(), byName: new Map() };
	for (const candidate of candidates) {
		if (!index.byId.has(candidate.id)) index.byId.set(candidate.id, candidate);
		const named = index.byName.get(nameKey(candidate.name));
		if (named) named.push(candidate);
		else index.byName.set(nameKey(candidate.name), [candidate]);
	}
	indexes.set(candidates, index);
	return index;
}

/** The candidate with this ID. If there is none, all candidates with this name. */
function matching({ candidates }: NameScope, { text, isId }: Entry): Named[] {
	const { byId, byName } = indexOf(candidates);
	const sameId = byId.get(text);
	if (sameId) return [sameId];
	return isId ? [] : (byName.get(nameKey(text)) ?? []);
}

/**
 * Resolves one entry to an ID.
 *
 * @throws Failure if no candidate or several candidates match
 */
export function resolveEntry(scope: NameScope, entry: Entry): string {
	const found = matching(scope, entry);
	if (found.length === 1) return found[0].id;
	if (found.length > 1) throw ambiguous(scope, entry, found);
	if (scope.allowUnknownIds && (entry.isId || scope.isId(entry.text))) return entry.text;
	throw notFound(scope, entry);
}

/**
 * Resolves a list to IDs without duplicates. A text with separators can also be a single name.
 *
 * @param onUnknown called for a name that no candidate has; without it, that is a failure
 * @throws Failure if no candidate or several candidates match an entry, or if the text is both a name and a list of names
 */
export function resolveEntries(
	scope: NameScope,
	{ entries, fullText }: EntryList,
	onUnknown?: (name: string) => void,
): string[] {
	const fullTextMatches = fullText === undefined ? [] : matching(scope, { text: fullText });
	if (fullText !== undefined && fullTextMatches.length > 0) {
		const isAlsoList = entries.every((entry) => matching(scope, entry).length > 0);
		if (!isAlsoList) return [resolveEntry(scope, { text: fullText })];
		const parts = entries.map(({ text }) => `"${text}"`).join(' and ');
		throw invalidInput(
			scope.label,
			`can be read as one ${scope.noun}, "${fullText}", or as several: ${parts}`,
			'Use an expression that returns a list of names or IDs',
			scope.item,
			NOTHING_CHANGED,
		);
	}
	const ids = entries.flatMap((entry) => {
		if (!onUnknown || entry.isId || matching(scope, entry).length > 0) return [resolveEntry(scope, entry)];
		onUnknown(entry.text);
		return [];
	});
	return [...new Set(ids)];
}
