import { InvalidValue, isMissing, mustBe, quoted } from './invalidValue';
import { toText } from './convert';

/** An email address, with the original text if it had to be cleaned. */
export interface EmailAddress {
	email: string;
	/** The original text. Only set if it differs. */
	emailGiven?: string;
}

const BLANKS = '[\\s\\u0085\\u180E]';
const BLANK_ENDS = new RegExp(`^${BLANKS}+|${BLANKS}+$`, 'gu');
/** Zero-width characters that copying can insert. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD]/g;
const PAIRS = ['<>', '()', '[]', '""', "''", '“”', '‘’', '«»'];
/** Slack writes <mailto:a@x.com|a@x.com>, Markdown [a@x.com](mailto:a@x.com). */
const LINKS = [/^<(?<target>[^<>|]*)\|(?<label>[^<>|]*)>$/, /^\[(?<label>[^[\]()]*)\]\((?<target>[^[\]()]*)\)$/];
const ADDRESS = /^[^\s@,;:<>()[\]"\\'‘“][^\s@,;:<>()[\]"\\]*@[\p{L}\p{N}\p{M}_-]+(\.[\p{L}\p{N}\p{M}_-]+)*$/u;

function withoutPair(text: string): string {
	const pair = PAIRS.find(([open, close]) => text.length > 1 && text.startsWith(open) && text.endsWith(close));
	return pair ? text.slice(1, -1) : text;
}

function withoutMailto(text: string): string {
	return text.replace(/^mailto:/i, '');
}

/** Each is applied at most once, in any order: a pair of brackets or quotes, `mailto:`, and one punctuation mark at the end. */
const CLEANERS = [withoutPair, withoutMailto, (text: string) => text.replace(/[.,;]$/, '')];

function cleaned(original: string): string {
	let text = original.replace(INVISIBLE, '').replace(BLANK_ENDS, '');
	const remaining = new Set(CLEANERS);
	for (let before = ''; before !== text; ) {
		before = text;
		for (const clean of remaining) {
			const next = clean(text).replace(BLANK_ENDS, '');
			if (next === text) continue;
			text = next;
			remaining.delete(clean);
		}
	}
	return text;
}

function isSameAddress(a: string, b: string): boolean {
	return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

/** The address of a Slack or Markdown link. Other texts are returned unchanged. Throws InvalidValue for two different addresses. */
function withoutLink(original: string): string {
	const text = original.replace(INVISIBLE, '').replace(BLANK_ENDS, '');
	for (const link of LINKS) {
		const { target, label } = link.exec(text)?.groups ?? {};
		if (target === undefined || label === undefined) continue;
		const [first, second] = [cleaned(target), cleaned(label)];
		if (!isSameAddress(first, second))
			throw new InvalidValue(`is a link with two different addresses: ${quoted(original)}`);
		return first;
	}
	return original;
}

/** A text that can be an email address, e.g. a user name or a search text. An address is cleaned, other texts are returned unchanged. */
export function toEmailOrText(value: unknown): { text: string; emailGiven?: string } {
	const text = toText(value);
	const email = cleaned(withoutLink(text));
	if (!ADDRESS.test(email)) return { text };
	return email === value ? { text } : { text: email, emailGiven: String(value) };
}

/**
 * A cleaned email address. Whitespace, a pair of brackets or quotes, `mailto:` and one trailing punctuation mark around the address are
 * removed, and zero-width characters everywhere. Any other text that is not an address is rejected.
 */
export function toEmail(value: unknown): EmailAddress {
	if (typeof value !== 'string' || isMissing(value)) throw mustBe('an email address', value);
	const email = cleaned(withoutLink(value));
	if (email === '') throw new InvalidValue('is empty');
	if (!ADDRESS.test(email)) throw new InvalidValue(`is not an email address: ${quoted(value)}`);
	return email === value ? { email } : { email, emailGiven: value };
}
