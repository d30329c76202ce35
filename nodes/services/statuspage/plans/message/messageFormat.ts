import { codePointName } from '../changeText';

/** Where a message is shown. */
export const FORMATS = ['jira', 'markdown', 'plain', 'slack'] as const;
export type FormatName = (typeof FORMATS)[number];

/** The markup of one place. */
export interface MessageFormat {
	/** Marks up a name so that it is shown as it is. */
	name(name: string): string;
	/** Escapes a sentence in which the names are not marked. */
	text(text: string): string;
	/** A line that is a heading. */
	heading(markup: string): string;
	bullet: string;
}

const WORD = String.raw`(?:[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]|\u200C|\u200D)+`;
/** Without any character that Slack or Markdown could read as markup, as a link or as an emoji. */
const HARMLESS = new RegExp(String.raw`^(?:${WORD}(?:[-'’/]${WORD})*|\d{1,3}(?:,\d{3})+|\d+\.\d+|[–—&…%])$`, 'u');
/** At the start of a line it is a numbered list. */
const NUMBERED = /^\d+[.)]$/;
const TOKEN = /^([("'“‘]*)(.*?)([.,;:!?)"'”’]*)$/su;

/** Puts words that could be read as markup into code, and next to each other into the same code. */
function withCode(
	text: string,
	{ code, plain }: { code: (text: string) => string; plain: (text: string) => string },
): string {
	const words: Array<{ before: string; code: string | null; after: string }> = [];
	for (const [index, token] of text.split(' ').entries()) {
		const isNumber = index === 0 && NUMBERED.test(token);
		const [, before, core, after] = isNumber ? ['', '', token, ''] : (TOKEN.exec(token) as RegExpExecArray);
		const isHarmless = !isNumber && HARMLESS.test(core);
		const word = isHarmless
			? { before: token, code: null, after: '' }
			: core === ''
				? { before: '', code: token, after: '' }
				: { before, code: core, after };
		const last = words[words.length - 1];
		if (last && last.code !== null && last.after === '' && word.code !== null && word.before === '') {
			last.code += ` ${word.code}`;
			last.after = word.after;
		} else words.push(word);
	}
	return words
		.map(({ before, code: coded, after }) => plain(before) + (coded ? code(coded) : '') + plain(after))
		.join(' ');
}

function slackEntities(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Code keeps Slack from reading links, mentions, emoji and formatting. It has no way to show a backtick. */
function slackCode(text: string): string {
	return `\`${slackEntities(text.replace(/`/g, codePointName))}\``;
}

/** Code shows every character as it is. Its fence is longer than any row of backticks inside. */
function markdownCode(text: string): string {
	const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
	const fence = '`'.repeat(longest + 1);
	const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
	return `${fence}${pad}${text}${pad}${fence}`;
}

/** The characters that Jira lets a backslash escape, from its renderer. */
const JIRA_ESCAPED = /[-#*_+?^~|%{}[\]()!@]/g;
/** What no backslash protects: a link, a smiley, an entity, and a backslash that would escape or break the line. */
const JIRA_UNPROTECTED = /:(?=\/\/)|(?<=mailto):|[:;](?=[DPp](?![A-Za-z0-9]))|&(?=#?\w+;)|\\(?![\p{L}\p{N} ])/giu;

function jiraText(text: string): string {
	return text.replace(JIRA_UNPROTECTED, codePointName).replace(JIRA_ESCAPED, '\\$&');
}

const asItIs = (text: string) => text;

/** Escapes for one place each. What goes in has no line breaks and no control characters. */
export const MESSAGE_FORMATS: Record<FormatName, MessageFormat> = {
	jira: { name: jiraText, text: jiraText, heading: (markup) => `h4. ${markup}`, bullet: '* ' },
	markdown: {
		name: markdownCode,
		text: (text) => withCode(text, { code: markdownCode, plain: asItIs }),
		heading: (markup) => `**${markup}**`,
		bullet: '- ',
	},
	plain: { name: asItIs, text: asItIs, heading: asItIs, bullet: '- ' },
	slack: {
		name: slackCode,
		text: (text) => withCode(text, { code: slackCode, plain: slackEntities }),
		heading: (markup) => `*${markup}*`,
		bullet: '• ',
	},
};
