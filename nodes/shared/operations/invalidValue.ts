/** Thrown for an invalid value. The message continues the label of the field: "'Limit' must be a whole number". */
export class InvalidValue extends Error {
	/** @param advice what the user can do, if it is more than correcting the value */
	constructor(
		message: string,
		readonly advice?: string,
	) {
		super(message);
	}
}

const MAX_LENGTH = 60;

/** A text in quotes for messages, shortened to a line. Angle brackets are replaced, because n8n would treat them as HTML. */
export function quoted(text: string): string {
	const shown = text.replaceAll('<', '‹').replaceAll('>', '›');
	return `"${shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH)}…` : shown}"`;
}

/** A description of a value for messages: 'undefined', 'the text "abc"', 'a list with 3 items'. */
export function describeValue(value: unknown): string {
	if (value === undefined || value === null || typeof value === 'boolean' || Number.isNaN(value)) return String(value);
	if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
	if (typeof value === 'string') {
		if (value.trim() === '') return 'an empty value';
		return `the text ${quoted(value)}`;
	}
	if (Array.isArray(value)) return `a list with ${value.length} ${value.length === 1 ? 'item' : 'items'}`;
	if (value instanceof Date) return 'a date';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** An InvalidValue for a wrong type or a value out of range. */
export function mustBe(expected: string, value: unknown, advice?: string): InvalidValue {
	return new InvalidValue(`must be ${expected}, not ${describeValue(value)}`, advice);
}

/** Texts that result from an expression with a missing value. */
const MISSING_AS_TEXT = ['undefined', 'null', '[object Object]'];

/** True for undefined, null and NaN, and for the texts that a missing value leaves. */
export function isMissing(value: unknown): boolean {
	if (value === undefined || value === null || Number.isNaN(value)) return true;
	return typeof value === 'string' && MISSING_AS_TEXT.includes(value.trim());
}
