import { codePointName } from '../changeText';

/** Markup languages of messages. */
export const FORMATS = ['jira', 'markdown', 'plain', 'slack'] as const;
export type FormatName = (typeof FORMATS)[number];

/** Functions for one markup language. */
export interface MessageFormat {
	/** Escapes a name, so it is shown unchanged. */
	name(name: string): string;
	/** Escapes a sentence in which the names are not marked. */
	text(text: string): string;
	/** Formats a line as a heading. */
	heading(markup: string): string;
	bullet: string;
}

const WORD = String.raw`(?:[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]|\u200C|\u200D)+`;
/** Words without characters that Slack or Markdown could interpret as markup, a link or an emoji. */
const SAFE_WORD = new RegExp(String.raw`^(?:${WORD}(?:[-'’/]${WORD})*|\d{1,3}(?:,\d{3})+|\d+\.\d+|[–—&…%])$`, 'u');
/** At the start of a line, this would become a numbered list. */
const NUMBERED = /^\d+[.)]$/;
const TOKEN = /^([("'“‘]*)(.*?)([.,;:!?)"'”’]*)$/su;

/** Formats words that could be read as markup as code. Adjacent words share one code span. */
function withCode(
	text: string,
	{ code, plain }: { code: (text: string) => string; plain: (text: string) => string },
): string {
	const words: Array<{ before: string; code: string | null; after: string }> = [];
	for (const [index, token] of text.split(' ').entries()) {
		const isNumber = index === 0 && NUMBERED.test(token);
		const [, before, core, after] = isNumber ? ['', '', token, ''] : (TOKEN.exec(token) as RegExpExecArray);
		const isHarmless = !isNumber && SAFE_WORD.test(core);
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

/** In code, Slack does not interpret links, mentions, emoji or formatting. A backtick cannot be shown in code. */
function slackCode(text: string): string {
	return `\`${slackEntities(text.replace(/`/g, codePointName))}\``;
}

/** Code shows every character unchanged. The fence is longer than any sequence of backticks inside. */
function markdownCode(text: string): string {
	const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
	const fence = '`'.repeat(longest + 1);
	const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
	return `${fence}${pad}${text}${pad}${fence}`;
}

/** Characters that can be escaped with a backslash in Jira, taken from its renderer. */
const JIRA_ESCAPED = /[-#*_+?^~|%{}[\]()!@]/g;
/** Sequences that a backslash does not escape: links, smileys, entities, and a backslash that would escape a character or break the line. */
const JIRA_UNPROTECTED = /:(?=\/\/)|(?<=mailto):|[:;](?=[DPp](?![A-Za-z0-9]))|&(?=#?\w+;)|\\(?![\p{L}\p{N} ])/giu;

function jiraText(text: string): string {
	return text.replace(JIRA_UNPROTECTED, codePointName).replace(JIRA_ESCAPED, '\\$&');
}

const unchanged = (text: string) => text;

/** The input of these functions must not contain line breaks or control characters. */
export const MESSAGE_FORMATS: Record<FormatName, MessageFormat> = {
	jira: { name: jiraText, text: jiraText, heading: (markup) => `h4. ${markup}`, bullet: '* ' },
	markdown: {
		name: markdownCode,
		text: (text) => withCode(text, { code: markdownCode, plain: unchanged }),
		heading: (markup) => `**${markup}**`,
		bullet: '- ',
	},
	plain: { name: unchanged, text: unchanged, heading: unchanged, bullet: '- ' },
	slack: {
		name: slackCode,
		text: (text) => withCode(text, { code: slackCode, plain: slackEntities }),
		heading: (markup) => `*${markup}*`,
		bullet: '• ',
	},
};
