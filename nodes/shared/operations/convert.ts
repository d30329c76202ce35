import { InvalidValue, describeValue, isMissing, mustBe } from './invalidValue';

/** Whole numbers and decimals. 1e21 and 0x10 are rejected, because they may be IDs that another program converted to a number. */
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Text without surrounding whitespace. Numbers are converted to digits, and other types are rejected. */
export function toText(value: unknown, expected = 'text'): string {
	if (isMissing(value)) throw mustBe(expected, value);
	if (typeof value === 'string') return value.trim();
	if (typeof value !== 'number' || !PLAIN_NUMBER.test(String(value))) throw mustBe(expected, value);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new InvalidValue(`is ${describeValue(value)}, which is too large to be exact`, 'Pass it as text');
	}
	return String(value);
}

interface NumberRange {
	min?: number;
	max?: number;
	isWhole?: boolean;
}

function describeRange({ min, max, isWhole }: NumberRange): string {
	const number = isWhole ? 'a whole number' : 'a number';
	if (min !== undefined && max !== undefined) return `${number} from ${min} to ${max}`;
	if (min !== undefined) return `${number} of at least ${min}`;
	return max === undefined ? number : `${number} of at most ${max}`;
}

/** A number, or text with a plain decimal number. */
export function toNumber(value: unknown, range: NumberRange = {}): number {
	const isDigits = typeof value === 'string' && PLAIN_NUMBER.test(value.trim());
	const number = typeof value === 'number' ? value : isDigits ? Number(value) : NaN;
	const { min = -Infinity, max = Infinity, isWhole = false } = range;
	if (!Number.isFinite(number) || number < min || number > max || (isWhole && !Number.isSafeInteger(number)))
		throw mustBe(describeRange(range), value);
	return number;
}

const BOOLEANS = new Map<unknown, boolean>([
	['true', true],
	['false', false],
	['1', true],
	['0', false],
]);

/** A boolean, or true, false, 1 or 0 as text in any case or as a number. */
export function toBoolean(value: unknown): boolean {
	const converted = ['boolean', 'number', 'string'].includes(typeof value)
		? BOOLEANS.get(String(value).trim().toLowerCase())
		: undefined;
	if (converted === undefined) throw mustBe('true or false', value);
	return converted;
}

/** One fixed choice of a dropdown. */
interface Choice {
	name: string;
	value: string | number | boolean;
}

/** Choices are compared without case, spaces and punctuation. */
function choiceKey(text: unknown): string {
	return String(text)
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** The value of a choice, found by its value or its label. */
export function toChoice(value: unknown, choices: readonly Choice[]): Choice['value'] {
	const key = typeof value === 'string' || typeof value === 'number' ? choiceKey(value) : '';
	const found =
		key !== '' && !isMissing(value)
			? (choices.find((choice) => choiceKey(choice.value) === key) ??
				choices.find(({ name }) => choiceKey(name) === key))
			: undefined;
	if (!found) throw mustBe(`one of ${choices.map(({ name }) => name).join(', ')}`, value);
	return found.value;
}

/** An object, or text with a JSON object. */
export function toObject(value: unknown): Record<string, unknown> {
	let parsed = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch {
			throw mustBe('a JSON object', value);
		}
	}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) || parsed instanceof Date)
		throw mustBe('a JSON object', value);
	return parsed as Record<string, unknown>;
}
