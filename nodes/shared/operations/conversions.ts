import { choicesOf, type Field } from '../fields/field';
import { toBoolean, toChoice, toNumber, toObject, toText } from './convert';
import { toDay, toPartialDate } from './dates';
import { toEmail, toEmailOrText } from './emailAddress';
import { toEmails, toEntry, toEntryList, toPeople } from './entryList';
import { toInstant, toTimestamp } from './instants';
import { toLocatorValue } from './locator';
import { toColor } from './toColor';
import { toPassword } from './toPassword';

/** Context of a value besides its field. */
interface ConversionContext {
	timeZone: string;
	/** The value is the result of an expression. */
	isExpression: boolean;
	label: string;
}

export type Conversion = (value: unknown, field: Field, context: ConversionContext) => unknown;

const range = ({ typeOptions: { minValue: min, maxValue: max, numberPrecision } = {} }: Field) => ({
	min,
	max,
	isWhole: numberPrecision === 0,
});

/** Converts or rejects a value, by kind of field. */
export const CONVERSIONS = {
	text: (value) => toText(value),
	email: (value) => toEmail(value),
	emails: (value) => toEmails(value),
	emailOrText: (value) => toEmailOrText(value).text,
	people: (value) => toPeople(value),
	list: (value) => toEntryList(value),
	day: (value, _, { timeZone }) => toDay(value, timeZone),
	partialDate: (value, _, { timeZone }) => toPartialDate(value, timeZone),
	instant: (value, _, { timeZone }) => toInstant(value, timeZone),
	timestamp: (value, _, { timeZone }) => toTimestamp(value, timeZone),
	color: (value) => toColor(value),
	password: (value) => toPassword(value),
	fieldOrValue: (value, _, { isExpression, label }) => ({ isExpression, value, label }),
	number: (value, field) => toNumber(value, range(field)),
	boolean: (value) => toBoolean(value),
	choice: (value, field) => toChoice(value, choicesOf(field)),
	choices: (value, field) => [
		...new Set(toEntryList(value).entries.map(({ text }) => toChoice(text, choicesOf(field)))),
	],
	// Values of dropdowns with loaded choices are names or IDs.
	entry: (value) => ({ entries: [toEntry(value)] }),
	entries: (value) => toEntryList(value),
	object: (value) => toObject(value),
	locator: (value, { modes = [] }, { isExpression }) =>
		toLocatorValue(
			value,
			modes.map(({ name }) => name),
			isExpression,
		),
} satisfies Record<string, Conversion>;

export type Kind = keyof typeof CONVERSIONS;

/** The kind of a field; undefined for notices and collections, which have no value of their own. */
export function kindOf({ type, accepts, typeOptions, default: defaultValue }: Field): Kind | undefined {
	const isLoaded = typeOptions?.loadOptionsMethod !== undefined;
	// A hidden switch, e.g. for tests.
	if (type === 'hidden') return typeof defaultValue === 'boolean' ? 'boolean' : undefined;
	if (type === 'string') return accepts ?? 'text';
	if (type === 'dateTime') return accepts ?? 'instant';
	if (type === 'options') return isLoaded ? 'entry' : 'choice';
	if (type === 'multiOptions') return isLoaded ? 'entries' : 'choices';
	if (type === 'json') return 'object';
	if (type === 'resourceLocator') return 'locator';
	return type === 'number' || type === 'boolean' ? type : undefined;
}

/** The value of a cleared field, if it is not an empty text. */
export const CLEARED: Partial<Record<Kind, unknown>> = {
	choices: [],
	email: { email: '' },
	people: [],
	emails: [],
	list: { entries: [] },
	entry: { entries: [] },
	entries: { entries: [] },
};

const LISTS: readonly Kind[] = ['emails', 'people', 'list', 'choices', 'entries'];
/** Kinds without an empty value. */
export const NEVER_EMPTY: readonly Kind[] = ['number', 'boolean', 'choice'];

/** True for an empty text, and for an empty list in a field for lists. */
export function isEmpty(kind: Kind, value: unknown): boolean {
	if (kind === 'fieldOrValue') return false;
	return typeof value === 'string'
		? value.trim() === ''
		: LISTS.includes(kind) && Array.isArray(value) && value.length === 0;
}

/** True if a list is empty after conversion, e.g. a text that contains only separators. */
export function isEmptyList(kind: Kind, converted: unknown): boolean {
	const entries = Array.isArray(converted) ? converted : ((converted ?? {}) as { entries?: unknown }).entries;
	return LISTS.includes(kind) && Array.isArray(entries) && entries.length === 0;
}
