import { InvalidValue, describeValue, isMissing } from './invalidValue';
import { toText } from './convert';
import { toEmail, type EmailAddress } from './emailAddress';
import { requireId } from './locator';

/** One entry of a list that a user, another node or an AI agent gave. */
export interface Entry {
	text: string;
	/** It was the `id` of an object: never a name. */
	isId?: true;
	/** With the blanks around it, where there were any. */
	given?: string;
}

/** A list as it was given: an array, objects with an `id`, JSON text of these, or text with separators. */
export interface EntryList {
	/** Each once. */
	entries: Entry[];
	/** The whole text, where separators made several entries of it: it may be one name. */
	whole?: string;
}

const SEPARATORS = /[,;\r\n]/;

/** One name or ID, or an object with an `id`. */
export function toEntry(value: unknown): Entry {
	const isObject = typeof value === 'object' && value !== null && 'id' in value;
	const text = toText(isObject ? value.id : value, 'a name or an ID');
	if (text === '') throw new InvalidValue('is empty');
	if (isObject) return { text, isId: true };
	return typeof value === 'string' && value !== text ? { text, given: value } : { text };
}

function badEntry(value: unknown, index: number): InvalidValue {
	return new InvalidValue(`has ${describeValue(value)} at position ${index + 1}`);
}

function fromArray(values: unknown[]): Entry[] {
	return values.map((value, index): Entry => {
		try {
			return toEntry(value);
		} catch {
			throw badEntry(value, index);
		}
	});
}

/** A JSON list, or nothing where the text only looks like one: a name may begin with a bracket. */
function parsedList(text: string): unknown[] | undefined {
	if (!text.startsWith('[')) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function once(entries: Entry[]): Entry[] {
	return [...new Map(entries.map((entry) => [`${entry.text}\n${entry.isId ?? ''}`, entry])).values()];
}

/** A list of texts; empty pieces of a text are dropped, an empty entry of an array is a mistake. */
export function toEntryList(value: unknown): EntryList {
	if (Array.isArray(value)) return { entries: once(fromArray(value.flat(Infinity))) };
	const text = toText(value, 'a list');
	const parsed = parsedList(text);
	if (parsed) return { entries: once(fromArray(parsed.flat(Infinity))) };
	const pieces = text
		.split(SEPARATORS)
		.map((piece) => piece.trim())
		.filter((piece) => piece !== '');
	const missing = pieces.find(isMissing);
	if (missing !== undefined) throw new InvalidValue(`has ${describeValue(missing)} among its entries`);
	return { entries: once(pieces.map((piece) => ({ text: piece }))), ...(SEPARATORS.test(text) ? { whole: text } : {}) };
}

/** Somebody by email or by ID: text with an @ is an email, anything else is an ID. */
export type Person = { id: string } | EmailAddress;

function toPerson({ text, isId, given }: Entry): Person {
	if (text.includes('@') && !isId) return toEmail(given ?? text);
	requireId(text);
	return { id: text };
}

function uniqueBy<T>(values: T[], key: (value: T) => string): T[] {
	const known = new Map<string, T>();
	for (const value of values) if (!known.has(key(value))) known.set(key(value), value);
	return [...known.values()];
}

/** A list of people, each once. */
export function toPeople(value: unknown): Person[] {
	return uniqueBy(toEntryList(value).entries.map(toPerson), (person) => ('id' in person ? person.id : person.email));
}

/** A list of email addresses, each once. */
export function toEmails(value: unknown): EmailAddress[] {
	return uniqueBy(
		toEntryList(value).entries.map(({ text, given }) => toEmail(given ?? text)),
		({ email }) => email,
	);
}
