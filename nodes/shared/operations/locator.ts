import { pathSegment } from '../http/pathSegment';
import { InvalidValue, mustBe } from './invalidValue';
import { toText } from './convert';
import { toEmail, toEmailOrText } from './emailAddress';

/** Which object a field points to. */
export interface LocatorValue {
	/** The field's mode: list, id, email, name … An address in the ID mode, e.g. from an AI agent, counts as `email`. */
	mode: string;
	text: string;
	/** Chosen from the list by a person: only ever an ID. */
	isPicked: boolean;
	/** The address as it was given, where it had to be cleaned. */
	emailGiven?: string;
}

function isLocator(value: unknown): value is { mode: unknown; value: unknown } {
	return typeof value === 'object' && value !== null && 'mode' in value && 'value' in value;
}

/** Names may hold slashes, but nothing is called ../users. */
const PATH = /(^|[\\/])\.\.?([\\/]|$)/;

function asBadValue(error: unknown): InvalidValue {
	return new InvalidValue((error as Error).message);
}

/** @throws BadValue for a text that cannot be an ID: it must not reach another resource than the one that the field names */
export function requireId(text: string): void {
	try {
		pathSegment(text);
	} catch (error) {
		throw asBadValue(error);
	}
}

/**
 * The value of a resource locator. An expression or an AI agent may give the bare text.
 *
 * @param modes of the field
 * @param isTyped the value comes from an expression, also in the mode From List
 */
export function toLocatorValue(value: unknown, modes: readonly string[], isTyped: boolean): LocatorValue {
	const [mode, inner] = isLocator(value) ? [value.mode, value.value] : ['id', value];
	if (typeof mode !== 'string' || !modes.includes(mode))
		throw new InvalidValue(`has no mode ${JSON.stringify(mode)}`, `The modes are ${modes.join(', ')}`);
	const expected = `one of these: ${modes.filter((name) => name !== 'list').join(', ')}`;
	if (typeof inner === 'object' && inner !== null) throw mustBe(expected, inner);
	const text = toText(inner, expected);
	if (text === '') throw new InvalidValue('is empty', 'Choose one from the list, or enter its ID or name');
	const isById = mode === 'id' || mode === 'list';
	const isEmail = mode === 'email' || (isById && modes.includes('email') && text.includes('@'));
	if (isEmail) {
		const { email, emailGiven } = toEmail(inner);
		return { mode: 'email', text: email, isPicked: false, ...(emailGiven === undefined ? {} : { emailGiven }) };
	}
	// User names are mostly addresses, and are pasted from the same places.
	if (mode === 'userName') return { mode, isPicked: false, ...toEmailOrText(text) };
	if (isById && !modes.includes('name')) requireId(text);
	else if (isById && PATH.test(text)) throw new InvalidValue(`is a path: "${text}"`);
	return { mode, text, isPicked: mode === 'list' && !isTyped };
}
