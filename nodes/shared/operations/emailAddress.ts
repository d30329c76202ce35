import { InvalidValue, isMissing, mustBe, quoted } from './invalidValue';
import { toText } from './convert';

/** An address that was understood, and what was given where that had to be cleaned. */
export interface EmailAddress {
	email: string;
	/** Only where it differs. */
	emailGiven?: string;
}

const BLANKS = '[\\s\\u0085\\u180E]';
const BLANK_ENDS = new RegExp(`^${BLANKS}+|${BLANKS}+$`, 'gu');
/** Characters without width that copying leaves inside an address. */
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

/** Each once, in any order: one pair around it, `mailto:`, and one mark at its end. */
const CLEANERS = [withoutPair, withoutMailto, (text: string) => text.replace(/[.,;]$/, '')];

function cleaned(given: string): string {
	let text = given.replace(INVISIBLE, '').replace(BLANK_ENDS, '');
	const left = new Set(CLEANERS);
	for (let before = ''; before !== text; ) {
		before = text;
		for (const clean of left) {
			const next = clean(text).replace(BLANK_ENDS, '');
			if (next === text) continue;
			text = next;
			left.delete(clean);
		}
	}
	return text;
}

function isSameAddress(a: string, b: string): boolean {
	return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

/** The text of a link whose two addresses are the same; anything else as it is. */
function withoutLink(given: string): string {
	const text = given.replace(INVISIBLE, '').replace(BLANK_ENDS, '');
	for (const link of LINKS) {
		const { target, label } = link.exec(text)?.groups ?? {};
		if (target === undefined || label === undefined) continue;
		const [first, second] = [cleaned(target), cleaned(label)];
		if (!isSameAddress(first, second))
			throw new InvalidValue(`is a link with two different addresses: ${quoted(given)}`);
		return first;
	}
	return given;
}

/** A text that is mostly an address, e.g. a user name, or a part of one to search for: cleaned where it is an address, otherwise as it is. */
export function toEmailOrText(value: unknown): { text: string; emailGiven?: string } {
	const text = toText(value);
	const email = cleaned(withoutLink(text));
	if (!ADDRESS.test(email)) return { text };
	return email === value ? { text } : { text: email, emailGiven: String(value) };
}

/**
 * An email address. At its ends, blanks, one pair of brackets or quotes, `mailto:` and one trailing mark are removed; inside, only
 * characters without width. Everything else must be an address as it stands.
 */
export function toEmail(value: unknown): EmailAddress {
	if (typeof value !== 'string' || isMissing(value)) throw mustBe('an email address', value);
	const email = cleaned(withoutLink(value));
	if (email === '') throw new InvalidValue('is empty');
	if (!ADDRESS.test(email)) throw new InvalidValue(`is not an email address: ${quoted(value)}`);
	return email === value ? { email } : { email, emailGiven: value };
}
