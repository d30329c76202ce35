import fc from 'fast-check';
import { emailKey } from '../../../nodes/shared/client/matching';
import { toEmail, toEmailOrText } from '../../../nodes/shared/operations/emailAddress';

const ADDRESS = 'viewer1@example.com';

describe('an email address is cleaned', () => {
	test.each([
		` ${ADDRESS}\n`,
		`\u00a0${ADDRESS}\u2003`,
		`\ufeff${ADDRESS}`,
		`${ADDRESS}\u200b`,
		`viewer1\u200b@example.com`,
		`viewer1@exam\u00adple.com`,
		`view\u2060er1@example.com\u200e`,
		`<${ADDRESS}>`,
		`(${ADDRESS})`,
		`[${ADDRESS}]`,
		`"${ADDRESS}"`,
		`'${ADDRESS}'`,
		`“${ADDRESS}”`,
		`mailto:${ADDRESS}`,
		`MAILTO: ${ADDRESS}`,
		`<mailto:${ADDRESS}>`,
		`${ADDRESS}.`,
		`${ADDRESS},`,
		`${ADDRESS};`,
		`<${ADDRESS}>,`,
		` "${ADDRESS}" ; `,
		`<mailto:${ADDRESS}|${ADDRESS}>`,
		`[${ADDRESS}](mailto:${ADDRESS})`,
		`<mailto:${ADDRESS}|VIEWER1@example.com>`,
	])('%j', (given) => {
		const { email, emailGiven } = toEmail(given);
		expect([email.toLowerCase(), emailGiven]).toEqual([ADDRESS, given]);
	});

	test('a clean address is unchanged', () => expect(toEmail(ADDRESS)).toEqual({ email: ADDRESS }));
});

test.each([
	"o'brien@example.com",
	'a+b@example.com',
	'jürgen@exämple.de',
	'a.b-c_d@mail.example.co.uk',
	'A@X',
	'user!#$%&*/=?^`{|}~@example.com',
	'1@2.3',
])('%j is an address', (given) => expect(toEmail(given)).toEqual({ email: given }));

test.each<[unknown, RegExp]>([
	['', /^is empty/],
	['  ', /^is empty/],
	['\u200b', /^is empty/],
	['<>', /^is empty/],
	['anna', /^is not an email address: "anna"/],
	['anna@', /^is not an email address/],
	['@example.com', /^is not an email address/],
	['anna @example.com', /^is not an email address/],
	['anna@exa mple.com', /^is not an email address/],
	['anna@@example.com', /^is not an email address/],
	['anna@example.com@example.org', /^is not an email address/],
	['anna@example..com', /^is not an email address/],
	['anna@.com', /^is not an email address/],
	['Anna <anna@example.com>', /^is not an email address/],
	['a@example.com, b@example.com', /^is not an email address/],
	['((anna@example.com))', /^is not an email address/],
	['anna@example.com..', /^is not an email address/],
	['mailto:mailto:anna@example.com', /^is not an email address/],
	['<mailto:a@example.com|b@example.com>', /^is a link with two different addresses/],
	['[a@example.com](mailto:b@example.com)', /^is a link with two different addresses/],
	[undefined, /^must be an email address, not undefined/],
	[null, /^must be an email address, not null/],
	['undefined', /^must be an email address, not the text "undefined"/],
	['[object Object]', /^must be an email address/],
	[5, /^must be an email address, not the number 5/],
	[true, /^must be an email address, not true/],
	[{ email: ADDRESS }, /^must be an email address, not an object/],
	[[ADDRESS], /^must be an email address, not a list with 1 item/],
])('%j is rejected', (given, message) => expect(() => toEmail(given)).toThrow(message));

test('cleaning a cleaned address changes nothing', () => {
	const noise = fc.constantFrom(
		' ',
		'\u00a0',
		'\u200b',
		'<',
		'>',
		'(',
		')',
		'"',
		"'",
		'mailto:',
		'.',
		',',
		';',
		'\n',
		'\ufeff',
		'[',
		']',
		'a',
		'@',
	);
	fc.assert(
		fc.property(fc.array(noise, { maxLength: 6 }), fc.array(noise, { maxLength: 6 }), (before, after) => {
			const given = `${before.join('')}${ADDRESS}${after.join('')}`;
			let email: string;
			try {
				({ email } = toEmail(given));
			} catch {
				return;
			}
			expect(toEmail(email)).toEqual({ email });
			expect(email).not.toMatch(/[\s\u200b\ufeff<>()"[\],;]/);
		}),
	);
});

test('an address in NFC and in NFD is the same person', () =>
	expect(emailKey('ju\u0308rgen@example.com')).toBe(emailKey('J\u00fcrgen@example.com')));

test.each<[unknown, string]>([
	[`mailto:${ADDRESS}`, ADDRESS],
	[`${ADDRESS}\u200b`, ADDRESS],
	['anna', 'anna'],
	['anna.', 'anna.'],
	['@example.com', '@example.com'],
	['DOMAIN\\anna', 'DOMAIN\\anna'],
	[4711, '4711'],
])('a user name or search text: %j', (given, text) => expect(toEmailOrText(given).text).toBe(text));
