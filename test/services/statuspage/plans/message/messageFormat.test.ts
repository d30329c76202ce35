import fc from 'fast-check';
import { plainName } from '../../../../../nodes/services/statuspage/plans/changeText';
import {
	FORMATS,
	MESSAGE_FORMATS,
	type FormatName,
} from '../../../../../nodes/services/statuspage/plans/message/messageFormat';

const { jira, markdown, slack } = MESSAGE_FORMATS;

const NASTY = [
	'anna_lee@example.com',
	'prod_eu',
	'<!channel>',
	'<@U1>',
	'*x*',
	'~x~',
	'`x`',
	'``',
	':smile:',
	'example.com',
	'https://evil.example/a',
	'www.evil.example',
	'mailto:a@b.cc',
	'[a](http://b)',
	'[x|http://b]',
	'[~user]',
	'!img.png!',
	'{code}',
	'{{m}}',
	'{color:red}',
	'||',
	'|',
	'\\',
	'\\\\',
	'ACME\\anna',
	'&amp;',
	'&#42;',
	'<b>',
	'# ',
	'- ',
	'1. ',
	'---',
	':)',
	':D',
	'(y)',
	'ABC-123',
	'"',
	"'",
	' ',
	'Größe',
	'👩\u200D💻',
	'(',
	')',
	'a',
];
/** Without the form in which characters are made visible: only a name that contains it as text could be mistaken. */
const name = fc
	.array(
		fc.oneof(fc.constantFrom(...NASTY), fc.string({ maxLength: 4 }), fc.string({ unit: 'binary', maxLength: 3 })),
		{ minLength: 1, maxLength: 8 },
	)
	.map((parts) => plainName(parts.join('')))
	.filter((text) => text !== '' && !text.includes('[U+'));

const shown = (text: string) =>
	text.replace(/\[U\+([0-9A-F]{4,6})\]/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
const entities = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** Splits at code: CommonMark's rule for fences. In Slack a fence is one backtick. */
function codes(text: string): Array<{ code: boolean; text: string }> {
	const match = /(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/.exec(text);
	if (!match) return [{ code: false, text }];
	const inner =
		match[2].startsWith(' ') && match[2].endsWith(' ') && match[2].trim() !== '' ? match[2].slice(1, -1) : match[2];
	return [
		{ code: false, text: text.slice(0, match.index) },
		{ code: true, text: inner },
		...codes(text.slice(match.index + match[0].length)),
	];
}

/** The text as a reader sees it. */
const READ: Record<FormatName, (text: string) => string> = {
	plain: (text) => text,
	slack: (text) =>
		shown(
			entities(
				codes(text)
					.map((part) => part.text)
					.join(''),
			),
		),
	markdown: (text) =>
		codes(text)
			.map((part) => part.text)
			.join(''),
	jira: (text) => shown(text.replace(/\\([-#*_+?^~|%{}[\]()!@])/g, '$1')),
};

describe.each(FORMATS)('%s', (formatName) => {
	const format = MESSAGE_FORMATS[formatName];

	test('shows every name unchanged', () => {
		fc.assert(
			fc.property(name, (text) => expect(READ[formatName](format.name(text))).toBe(text)),
			{ numRuns: 500 },
		);
	});

	test('shows every sentence unchanged', () => {
		fc.assert(
			fc.property(name, (text) => expect(READ[formatName](format.text(text))).toBe(text)),
			{ numRuns: 500 },
		);
	});

	test('no character becomes a space', () => {
		const blanks = (text: string) => text.split(' ').length;
		fc.assert(
			fc.property(name, (text) =>
				expect(blanks(format.name(text).replace(/^(`+) (.*) \1$/s, '$2'))).toBe(blanks(text)),
			),
			{ numRuns: 500 },
		);
	});
});

describe('no markup takes effect', () => {
	test('Slack: names are code in one line, with entities', () => {
		fc.assert(
			fc.property(name, (text) => expect(slack.name(text)).toMatch(/^`(?:[^`<>&\n]|&(?:amp|lt|gt);)+`$/)),
			{ numRuns: 500 },
		);
	});

	test.each([['slack', slack] as const, ['markdown', markdown] as const])(
		'%s: outside code there are only harmless words',
		(_, format) => {
			fc.assert(
				fc.property(name, (text) => {
					for (const part of codes(format.text(text))) {
						if (!part.code)
							expect(entities(part.text)).toMatch(
								/^(?:[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\s'’"“”‘(),.;:!?/%&–—…-]|\u200C|\u200D)*$/u,
							);
						if (!part.code) expect(part.text).not.toMatch(/[\p{L}\p{N}]\.\p{L}|:\/\/|:\p{L}+:|@/u);
					}
				}),
				{ numRuns: 500 },
			);
		},
	);

	test('Jira: every special character is escaped, and no other backslash escapes the character after it', () => {
		fc.assert(
			fc.property(name, (text) => {
				const rest = jira.name(text).replace(/\\[-#*_+?^~|%{}[\]()!@]/g, '');
				expect(rest).not.toMatch(/[-#*_+?^~|%{}[\]()!@]|:\/\/|mailto:|\\(?![\p{L}\p{N} ])/iu);
			}),
			{ numRuns: 500 },
		);
	});
});

test.each([
	['anna_lee@example.com', '`anna_lee@example.com`', '`anna_lee@example.com`', 'anna\\_lee\\@example.com'],
	['<!channel> & *x*', '`&lt;!channel&gt; &amp; *x*`', '`<!channel> & *x*`', '<\\!channel> & \\*x\\*'],
	['a`b', '`a[U+0060]b`', '``a`b``', 'a`b'],
	['`a`', '`[U+0060]a[U+0060]`', '`` `a` ``', '`a`'],
	['{code}', '`{code}`', '`{code}`', '\\{code\\}'],
	['https://a.b', '`https://a.b`', '`https://a.b`', 'https\\[U\\+003A\\]//a.b'],
	['ACME\\anna', '`ACME\\anna`', '`ACME\\anna`', 'ACME\\anna'],
	['a\\*', '`a\\*`', '`a\\*`', 'a\\[U\\+005C\\]\\*'],
])('the name %s', (text, inSlack, inMarkdown, inJira) => {
	expect([slack.name(text), markdown.name(text), jira.name(text)]).toEqual([inSlack, inMarkdown, inJira]);
});

test.each([
	['No access found for bob@example.com on 2 pages.', 'No access found for `bob@example.com` on 2 pages.'],
	[
		'Single sign-on manages the members of R&D (EU_1, EU_2) again',
		'Single sign-on manages the members of `R&amp;D` (`EU_1`, `EU_2`) again',
	],
	['All 1,000 viewers of *the* page', 'All 1,000 viewers of `*the*` page'],
	['read *these two* words', 'read `*these two*` words'],
	['1. first', '`1.` first'],
])('the sentence %s in Slack', (text, inSlack) => expect(slack.text(text)).toBe(inSlack));
