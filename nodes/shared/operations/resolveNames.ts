import { nameKey } from '../client/matching';
import { Failure } from '../http/failures';
import { quoted } from './invalidValue';
import type { Entry, EntryList } from './entryList';
import { invalidInput, NOTHING_CHANGED } from './invalidInput';

/** An object that names can mean. */
export interface Named {
	id: string;
	name: string;
}

export interface NameScope {
	/** The label of the field, with quotes. */
	label: string;
	/** "viewer group". */
	noun: string;
	/** "on this page"; nothing where there is one place only. */
	place?: string;
	candidates: readonly Named[];
	/** True for a text of the shape that IDs have. */
	isId: (text: string) => boolean;
	/** An ID that nothing has is passed on: for removals, which then find nothing to remove. */
	passesUnknownIds?: boolean;
	item?: number;
}

/** So many names help to find a misspelt one. */
const MOST_SUGGESTIONS = 10;

function notFound({ label, noun, place, candidates, item }: NameScope, { text, isId }: Entry): Failure {
	const names = candidates
		.slice(0, MOST_SUGGESTIONS)
		.map(({ name }) => `"${name}"`)
		.join(', ');
	const more = candidates.length > MOST_SUGGESTIONS ? ` and ${candidates.length - MOST_SUGGESTIONS} more` : '';
	const known =
		candidates.length === 0 ? `There is no ${noun}${place ? ` ${place}` : ''}` : `Known are ${names}${more}`;
	const failure = invalidInput(
		label,
		`has ${quoted(text)}, but no ${noun}${place ? ` ${place}` : ''} has this ${isId ? 'ID' : 'name or ID'}`,
		known,
		item,
		NOTHING_CHANGED,
	);
	return new Failure({ ...failure.facts, status: 404, isNotFound: true });
}

function ambiguous({ label, noun, item }: NameScope, { text }: Entry, found: Named[]): Failure {
	return invalidInput(
		label,
		`has ${quoted(text)}, which is the name of ${found.length} ${noun}s: ${found.map(({ id }) => id).join(', ')}`,
		'Use one of these IDs',
		item,
		NOTHING_CHANGED,
	);
}

interface Index {
	byId: Map<string, Named>;
	byName: Map<string, Named[]>;
}

/** Lists of thousands of people are resolved among the same candidates. */
const indexes = new WeakMap<readonly Named[], Index>();

function indexOf(candidates: readonly Named[]): Index {
	const known = indexes.get(candidates);
	if (known) return known;
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

/** The candidates that a text can mean: one by its exact ID, otherwise all by name. */
function matching({ candidates }: NameScope, { text, isId }: Entry): Named[] {
	const { byId, byName } = indexOf(candidates);
	const known = byId.get(text);
	if (known) return [known];
	return isId ? [] : (byName.get(nameKey(text)) ?? []);
}

/**
 * The ID that one entry means.
 *
 * @throws Failure when it means nothing, or several objects
 */
export function resolveEntry(scope: NameScope, entry: Entry): string {
	const found = matching(scope, entry);
	if (found.length === 1) return found[0].id;
	if (found.length > 1) throw ambiguous(scope, entry, found);
	if (scope.passesUnknownIds && (entry.isId || scope.isId(entry.text))) return entry.text;
	throw notFound(scope, entry);
}

/**
 * The IDs that a list means, each once. A text with separators may be one name as a whole.
 *
 * @param onUnknown what to do about a name that means nothing; without it, that is a failure
 * @throws Failure when an entry means nothing or several objects, or when the text can be read in two ways
 */
export function resolveEntries(
	scope: NameScope,
	{ entries, whole }: EntryList,
	onUnknown?: (name: string) => void,
): string[] {
	const asOne = whole === undefined ? [] : matching(scope, { text: whole });
	if (whole !== undefined && asOne.length > 0) {
		const isAlsoList = entries.every((entry) => matching(scope, entry).length > 0);
		if (!isAlsoList) return [resolveEntry(scope, { text: whole })];
		const pieces = entries.map(({ text }) => `"${text}"`).join(' and ');
		throw invalidInput(
			scope.label,
			`can be read as one ${scope.noun}, "${whole}", or as several: ${pieces}`,
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
