import { choicesOf, type Field } from '../fields/field';
import { toBoolean, toChoice, toNumber, toObject, toText } from './convert';
import { toDay, toPartialDate } from './dates';
import { toEmail, toEmailOrText } from './emailAddress';
import { toEmails, toEntry, toEntryList, toPeople } from './entryList';
import { toLocatorValue } from './locator';

/** What is known of a value besides its field. */
export interface ConversionContext {
	timeZone: string;
	/** It comes from an expression. */
	isExpression: boolean;
	label: string;
}

export type Conversion = (value: unknown, field: Field, situation: ConversionContext) => unknown;

const range = ({ typeOptions: { minValue: min, maxValue: max, numberPrecision } = {} }: Field) => ({
	min,
	max,
	isWhole: numberPrecision === 0,
});

/** What each kind of field accepts. */
export const CONVERSIONS = {
	text: (value) => toText(value),
	email: (value) => toEmail(value),
	emails: (value) => toEmails(value),
	emailOrText: (value) => toEmailOrText(value).text,
	people: (value) => toPeople(value),
	list: (value) => toEntryList(value),
	day: (value, _, { timeZone }) => toDay(value, timeZone),
	partialDate: (value, _, { timeZone }) => toPartialDate(value, timeZone),
	fieldOrValue: (value, _, { isExpression, label }) => ({ isExpression, value, label }),
	number: (value, field) => toNumber(value, range(field)),
	boolean: (value) => toBoolean(value),
	choice: (value, field) => toChoice(value, choicesOf(field)),
	choices: (value, field) => [
		...new Set(toEntryList(value).entries.map(({ text }) => toChoice(text, choicesOf(field)))),
	],
	// Choices that are loaded are names or IDs.
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

/** What a field accepts; nothing for one without a value of its own. */
export function kindOf({ type, accepts, typeOptions }: Field): Kind | undefined {
	const isLoaded = typeOptions?.loadOptionsMethod !== undefined;
	if (type === 'string') return accepts ?? 'text';
	if (type === 'options') return isLoaded ? 'entry' : 'choice';
	if (type === 'multiOptions') return isLoaded ? 'entries' : 'choices';
	if (type === 'json') return 'object';
	if (type === 'resourceLocator') return 'locator';
	return type === 'number' || type === 'boolean' ? type : undefined;
}

/** What a field holds that was cleared. */
export const CLEARED: Partial<Record<Kind, unknown>> = {
	choices: [],
	people: [],
	emails: [],
	list: { entries: [] },
	entry: { entries: [] },
	entries: { entries: [] },
};

const LISTS: readonly Kind[] = ['emails', 'people', 'list', 'choices', 'entries'];
/** Kinds that know no empty value. */
export const NEVER_EMPTY: readonly Kind[] = ['number', 'boolean', 'choice'];

export function isEmpty(kind: Kind, value: unknown): boolean {
	if (kind === 'fieldOrValue') return false;
	return typeof value === 'string'
		? value.trim() === ''
		: LISTS.includes(kind) && Array.isArray(value) && value.length === 0;
}

/** True for a list that only looked as if it had entries. */
export function hasNoEntries(kind: Kind, converted: unknown): boolean {
	const entries = Array.isArray(converted) ? converted : ((converted ?? {}) as { entries?: unknown }).entries;
	return LISTS.includes(kind) && Array.isArray(entries) && entries.length === 0;
}
