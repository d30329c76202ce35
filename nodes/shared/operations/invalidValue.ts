/** A value that cannot be used. The message follows the label of the field: "'Limit' must be a whole number". */
export class InvalidValue extends Error {
	/** @param advice what to do, where correcting the value is not the only way */
	constructor(
		message: string,
		readonly advice?: string,
	) {
		super(message);
	}
}

const LONGEST_TEXT = 60;

/** A text as messages show it: in quotes, and not longer than a line. n8n would take angle brackets for HTML and show nothing. */
export function quoted(text: string): string {
	const shown = text.replaceAll('<', '‹').replaceAll('>', '›');
	return `"${shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown}"`;
}

/** A value as messages show it: "undefined", "the text "abc"", "a list of 3". */
export function describeValue(value: unknown): string {
	if (value === undefined || value === null || typeof value === 'boolean' || Number.isNaN(value)) return String(value);
	if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
	if (typeof value === 'string') {
		if (value.trim() === '') return 'an empty text';
		return `the text ${quoted(value)}`;
	}
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (value instanceof Date) return 'a date';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** For a value of another type, or out of bounds. */
export function mustBe(expected: string, value: unknown, advice?: string): InvalidValue {
	return new InvalidValue(`must be ${expected}, not ${describeValue(value)}`, advice);
}

/** What expressions leave behind that refer to something missing. */
const NOTHING_AS_TEXT = ['undefined', 'null', '[object Object]'];

/** True for a value that stands for a missing one, also as text. */
export function isMissing(value: unknown): boolean {
	if (value === undefined || value === null || Number.isNaN(value)) return true;
	return typeof value === 'string' && NOTHING_AS_TEXT.includes(value.trim());
}
