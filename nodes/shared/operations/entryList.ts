import { InvalidValue, describeValue, isMissing } from './invalidValue';
import { toText } from './convert';
import { toEmail, type EmailAddress } from './emailAddress';
import { requireId } from './locator';

/** One entry of a list, usually a name or an ID. */
export interface Entry {
	text: string;
	/** The entry was the `id` of an object, so it is not a name. */
	isId?: true;
	/** The text with surrounding whitespace, if there was any. */
	original?: string;
}

/** A list from an array of texts or of objects with an `id`, from JSON text of these, or from text with separators. */
export interface EntryList {
	/** Without duplicates. */
	entries: Entry[];
	/** The complete text, if it contains separators. It may be a single name. */
	fullText?: string;
}

const SEPARATORS = /[,;\r\n]/;

/** One name or ID, or an object with an `id`. */
export function toEntry(value: unknown): Entry {
	const isObject = typeof value === 'object' && value !== null && 'id' in value;
	const text = toText(isObject ? value.id : value, 'a name or an ID');
	if (text === '') throw new InvalidValue('is empty');
	if (isObject) return { text, isId: true };
	return typeof value === 'string' && value !== text ? { text, original: value } : { text };
}

function invalidEntry(value: unknown, index: number): InvalidValue {
	return new InvalidValue(`contains ${describeValue(value)} at position ${index + 1}`);
}

function fromArray(values: unknown[]): Entry[] {
	return values.map((value, index): Entry => {
		try {
			return toEntry(value);
		} catch {
			throw invalidEntry(value, index);
		}
	});
}

/** The array in a JSON text; undefined for other text, because a name may begin with a bracket. */
function parsedList(text: string): unknown[] | undefined {
	if (!text.startsWith('[')) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function unique(entries: Entry[]): Entry[] {
	return [...new Map(entries.map((entry) => [`${entry.text}\n${entry.isId ?? ''}`, entry])).values()];
}

/** A list of texts. Empty parts of a text are dropped. An empty entry of an array is invalid. */
export function toEntryList(value: unknown): EntryList {
	if (Array.isArray(value)) return { entries: unique(fromArray(value.flat(Infinity))) };
	const text = toText(value, 'a list');
	const parsed = parsedList(text);
	if (parsed) return { entries: unique(fromArray(parsed.flat(Infinity))) };
	const parts = text
		.split(SEPARATORS)
		.map((part) => part.trim())
		.filter((part) => part !== '');
	const missing = parts.find(isMissing);
	if (missing !== undefined) throw new InvalidValue(`contains ${describeValue(missing)}`);
	return {
		entries: unique(parts.map((part) => ({ text: part }))),
		...(SEPARATORS.test(text) ? { fullText: text } : {}),
	};
}

/** A person by email or by ID. */
export type Person = { id: string } | EmailAddress;

/** Text with an @ is an email, any other text is an ID. */
function toPerson({ text, isId, original }: Entry): Person {
	if (text.includes('@') && !isId) return toEmail(original ?? text);
	requireId(text);
	return { id: text };
}

function uniqueBy<T>(values: T[], key: (value: T) => string): T[] {
	const byKey = new Map<string, T>();
	for (const value of values) if (!byKey.has(key(value))) byKey.set(key(value), value);
	return [...byKey.values()];
}

/** A list of people without duplicates. */
export function toPeople(value: unknown): Person[] {
	return uniqueBy(toEntryList(value).entries.map(toPerson), (person) => ('id' in person ? person.id : person.email));
}

/** A list of email addresses without duplicates. */
export function toEmails(value: unknown): EmailAddress[] {
	return uniqueBy(
		toEntryList(value).entries.map(({ text, original }) => toEmail(original ?? text)),
		({ email }) => email,
	);
}
