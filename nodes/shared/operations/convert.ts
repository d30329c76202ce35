import { InvalidValue, describeValue, isMissing, mustBe } from './invalidValue';

/** Whole numbers and plain decimals; 1e21 and 0x10 could be IDs that were damaged on the way. */
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Text, without surrounding blanks. Numbers become their digits; anything else is another type. */
export function toText(value: unknown, expected = 'text'): string {
	if (isMissing(value)) throw mustBe(expected, value);
	if (typeof value === 'string') return value.trim();
	if (typeof value !== 'number' || !PLAIN_NUMBER.test(String(value))) throw mustBe(expected, value);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new InvalidValue(`is ${describeValue(value)}, which has lost its last digits`, 'Pass it on as text');
	}
	return String(value);
}

export interface NumberRange {
	min?: number;
	max?: number;
	isWhole?: boolean;
}

function describeRange({ min, max, isWhole }: NumberRange): string {
	const number = isWhole ? 'a whole number' : 'a number';
	if (min !== undefined && max !== undefined) return `${number} from ${min} to ${max}`;
	if (min !== undefined) return `${number} from ${min}`;
	return max === undefined ? number : `${number} up to ${max}`;
}

/** A number, also as decimal digits with sign and point. */
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

/** true or false, also as text in any case, 1 and 0. */
export function toBoolean(value: unknown): boolean {
	const known = ['boolean', 'number', 'string'].includes(typeof value)
		? BOOLEANS.get(String(value).trim().toLowerCase())
		: undefined;
	if (known === undefined) throw mustBe('true or false', value);
	return known;
}

/** One entry of a fixed list, as n8n's dropdowns have it. */
export interface Choice {
	name: string;
	value: string | number | boolean;
}

/** Case and the characters between words do not tell choices apart. */
function choiceKey(text: unknown): string {
	return String(text)
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** The value of a choice, which may also be given by its label. */
export function toChoice(value: unknown, choices: readonly Choice[]): Choice['value'] {
	const key = typeof value === 'string' || typeof value === 'number' ? choiceKey(value) : '';
	const isGiven = key !== '' && !isMissing(value);
	const found = isGiven
		? (choices.find((choice) => choiceKey(choice.value) === key) ?? choices.find(({ name }) => choiceKey(name) === key))
		: undefined;
	if (!found) throw mustBe(`one of ${choices.map(({ name }) => name).join(', ')}`, value);
	return found.value;
}

/** A JSON object, or the text of one. */
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
