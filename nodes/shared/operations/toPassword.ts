import { InvalidValue, isMissing } from './invalidValue';

/**
 * A password, with its leading and trailing blanks. A number is converted to digits.
 *
 * @throws InvalidValue without the value, because messages are stored and shown
 */
export function toPassword(value: unknown): string {
	const isText = typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
	// Half of a pair of UTF-16 code units is no text, and can't be encoded.
	if (!isText || isMissing(value) || /\p{Cs}/u.test(String(value))) throw new InvalidValue('must be text');
	return String(value);
}
