const BLANKS = /[\s\u0085\u180E]+/gu;
/** Characters without width; \s counts U+FEFF as a blank. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD]/g;

/** Names are compared without case, odd blanks and Unicode form. */
export function nameKey(name: unknown): string {
	return String(name ?? '')
		.normalize('NFC')
		.replace(INVISIBLE, '')
		.replace(BLANKS, ' ')
		.trim()
		.toLowerCase();
}

/** Email addresses are compared without case, surrounding blanks and Unicode form. */
export function emailKey(email: unknown): string {
	return String(email ?? '')
		.normalize('NFC')
		.trim()
		.toLowerCase();
}

export function isSameName(a: unknown, b: unknown): boolean {
	return nameKey(a) === nameKey(b);
}

export function isSameEmail(a: unknown, b: unknown): boolean {
	return emailKey(a) === emailKey(b);
}

/** True for a name that contains this text. Compared like whole names. */
export function containsName(name: unknown, text: unknown): boolean {
	return nameKey(name).includes(nameKey(text));
}
