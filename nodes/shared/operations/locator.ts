import { pathSegment } from '../http/pathSegment';
import { InvalidValue, mustBe } from './invalidValue';
import { toText } from './convert';
import { toEmail, toEmailOrText } from './emailAddress';

/** The value of a resource locator. */
export interface LocatorValue {
	/** The mode of the field: list, id, email, name … An email in the mode By ID, e.g. from an AI agent, has the mode `email`. */
	mode: string;
	text: string;
	/** Picked from the list, so the text is an ID and not a name. */
	isPicked: boolean;
	/** The original email, if it had to be cleaned. */
	emailGiven?: string;
}

function isLocator(value: unknown): value is { mode: unknown; value: unknown } {
	return typeof value === 'object' && value !== null && 'mode' in value && 'value' in value;
}

/** Relative paths. Names can contain slashes, but no name looks like ../users. */
const PATH = /(^|[\\/])\.\.?([\\/]|$)/;

function toInvalidValue(error: unknown): InvalidValue {
	return new InvalidValue((error as Error).message);
}

/** @throws InvalidValue for a text that can't be an ID, because a path would address another resource */
export function requireId(text: string): void {
	try {
		pathSegment(text);
	} catch (error) {
		throw toInvalidValue(error);
	}
}

/**
 * Converts the value of a resource locator. An expression or an AI agent can provide text without a mode.
 *
 * @param modes of the field
 * @param isExpression the value is the result of an expression, also in the mode From List
 */
export function toLocatorValue(value: unknown, modes: readonly string[], isExpression: boolean): LocatorValue {
	const [mode, inner] = isLocator(value) ? [value.mode, value.value] : ['id', value];
	if (typeof mode !== 'string' || !modes.includes(mode))
		throw new InvalidValue(`has no mode ${JSON.stringify(mode)}`, `Valid modes are ${modes.join(', ')}`);
	const expected = `one of these: ${modes.filter((name) => name !== 'list').join(', ')}`;
	if (typeof inner === 'object' && inner !== null) throw mustBe(expected, inner);
	const text = toText(inner, expected);
	if (text === '') throw new InvalidValue('is empty', 'Choose one from the list or enter an ID or name');
	const isById = mode === 'id' || mode === 'list';
	const isEmail = mode === 'email' || (isById && modes.includes('email') && text.includes('@'));
	if (isEmail) {
		const { email, emailGiven } = toEmail(inner);
		return { mode: 'email', text: email, isPicked: false, ...(emailGiven === undefined ? {} : { emailGiven }) };
	}
	// User names are usually email addresses, so they are cleaned in the same way.
	if (mode === 'userName') return { mode, isPicked: false, ...toEmailOrText(text) };
	if (isById && !modes.includes('name')) requireId(text);
	else if (isById && PATH.test(text)) throw new InvalidValue(`must not be a path: "${text}"`);
	return { mode, text, isPicked: mode === 'list' && !isExpression };
}
