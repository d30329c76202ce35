import type { Action, PlannedChange } from './change';
import { stringsIn, type Facts } from './facts';
import { joinNames } from './joinNames';
import { roleNames } from './roleNames';

/** A part of a sentence. Names come from users, so messages must escape them. */
export interface TextPart {
	text: string;
	isName: boolean;
}

/** The fields that the text of a change needs. A change that was parsed from JSON has them too. */
type DescribedChange = Omit<PlannedChange, 'evidence'>;

/** Scripts in which U+200C and U+200D join or separate letters, so both characters belong to the name. */
const JOINING = String.raw`[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}]`;
const JOINERS = new RegExp(
	String.raw`(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})|(?<=${JOINING})[\u200C\u200D](?=${JOINING})`,
	'gu',
);
const INVISIBLE = /[\p{Cf}\p{Cs}]/gu;

/** A character as its code point, e.g. "[U+202E]". */
export function codePointName(character: string): string {
	return `[U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/**
 * Formats a name for one line of text. Line breaks and control characters become a space. Zero-width characters and characters that
 * change the text direction are shown as their code points.
 */
export function plainName(name: unknown): string {
	// Text of an object would depend on its own toString.
	const text = (typeof name === 'object' ? JSON.stringify(name) : String(name))
		.replace(/(?:[^\S\uFEFF]|\p{Cc})+/gu, ' ')
		.replace(/^ | $/g, '');
	if (!text.match(INVISIBLE)) return text;
	const joiners = new Set([...text.matchAll(JOINERS)].map(({ index }) => index));
	return text.replace(INVISIBLE, (character, index: number) =>
		joiners.has(index) ? character : codePointName(character),
	);
}

type Text = TextPart[];

function nameOf(name: unknown): Text {
	return [{ text: plainName(name) || '(no name)', isName: true }];
}

/** A template tag. Its values are parts of a sentence, or text without names. */
function text(words: TemplateStringsArray, ...values: Array<Text | string>): Text {
	return words.flatMap((word, index) => [...partsOf(word), ...partsOf(values[index] ?? '')]);
}

function partsOf(value: Text | string): Text {
	if (typeof value !== 'string') return value;
	return value === '' ? [] : [{ text: value, isName: false }];
}

/** Joins parts to "A, B and C". */
function joinParts(texts: Text[]): Text {
	return texts.flatMap((each, index) => [
		...partsOf(index === 0 ? '' : index < texts.length - 1 ? ', ' : ' and '),
		...each,
	]);
}

/** "viewer group A" or "viewer groups A and B". Empty if there are no names. */
function withNoun(noun: string, names: Text[]): Text[] {
	return names.length === 0 ? [] : [text`${`${noun}${names.length === 1 ? '' : 's'} `}${joinParts(names)}`];
}

/** Builds the parts of the sentence of one change. */
class SentenceParts {
	constructor(private readonly change: DescribedChange) {}

	get person(): Text {
		return nameOf(this.change.email);
	}

	get onPage(): Text {
		const { page, pageName } = this.change;
		return page === null ? [] : text` on page ${nameOf(pageName ?? page)}`;
	}

	name(id: string): Text {
		return nameOf(this.change.names?.[id] ?? id);
	}

	/** "viewer groups A and B, own component C and own metric D". */
	access(facts: Facts | null): Text[] {
		const names = (list: string) => stringsIn(facts, list).map((id) => this.name(id));
		return [
			...withNoun('viewer group', [...names('groupIds'), ...stringsIn(facts, 'newGroups').map(nameOf)]),
			...withNoun('own component', names('componentIds')),
			...withNoun('own metric', names('metricIds')),
		];
	}

	/** Own components and metrics that are only in `from`. */
	difference(from: Facts | null, to: Facts | null): Text {
		const parts = [
			['own component', 'componentIds'],
			['own metric', 'metricIds'],
		] as const;
		return joinParts(
			parts.flatMap(([noun, list]) => {
				const others = new Set(stringsIn(to, list));
				return withNoun(
					noun,
					stringsIn(from, list)
						.filter((id) => !others.has(id))
						.map((id) => this.name(id)),
				);
			}),
		);
	}
}

const FIELD_NAMES: Record<string, string> = { email: 'email', external_login: 'external login' };

function fieldChanges({ before, after }: DescribedChange): Text {
	const value = (facts: Facts | null, name: string) =>
		facts?.[name] === null || facts?.[name] === undefined ? 'none' : nameOf(facts[name]);
	return joinParts(
		Object.keys({ ...before, ...after }).map(
			(name) => text`${FIELD_NAMES[name] ?? nameOf(name)} from ${value(before, name)} to ${value(after, name)}`,
		),
	);
}

function inParentheses(words: string): string {
	return words === '' ? '' : ` (${words})`;
}

function pageParts(facts: Facts | null, words: SentenceParts): Text[] {
	const pages = Object.entries((facts?.permissions ?? {}) as Record<string, unknown>);
	return withNoun(
		'page',
		pages.map(([id, roles]) => text`${words.name(id)}${inParentheses(joinNames(roleNames(roles)))}`),
	);
}

function setComponentsText({ before, after }: DescribedChange, words: SentenceParts): Text {
	const [added, removed] = [words.difference(after, before), words.difference(before, after)];
	if (removed.length === 0)
		return text`Give ${words.person} ${added.length > 0 ? added : 'the same own components'}${words.onPage}`;
	const loss = text`Remove ${removed} from ${words.person}${words.onPage}`;
	return added.length === 0 ? loss : text`${loss} and give them ${added}`;
}

const MODE_NAMES: Record<string, string> = {
	email: 'email',
	sms: 'SMS',
	webhook: 'webhook',
	slack: 'Slack',
	teams: 'Microsoft Teams',
};

const TEXTS: Record<Action, (change: DescribedChange, words: SentenceParts) => Text> = {
	createGroup: ({ after }, { onPage }) => text`Create viewer group ${nameOf(after?.name)}${onPage}`,
	createViewer: ({ after }, words) => {
		const access = words.access(after);
		return text`Create viewer ${words.person}${words.onPage}${access.length > 0 ? text` with ${joinParts(access)}` : ' without viewer groups'}`;
	},
	updateViewer: (change, { person, onPage }) => {
		const current = change.before?.email;
		return text`Change viewer ${current === null || current === undefined ? person : nameOf(current)}${onPage} (${fieldChanges(change)})`;
	},
	addToGroup: ({ after }, { person, onPage }) =>
		text`Add ${person} to viewer group ${nameOf(after?.groupName)}${onPage}`,
	setComponents: setComponentsText,
	removeFromGroup: ({ before }, { person, onPage }) =>
		text`Remove ${person} from viewer group ${nameOf(before?.groupName)}${onPage}`,
	deleteViewer: ({ before }, words) => {
		const access = words.access(before);
		const held = access.length > 0 ? joinParts(access) : 'no viewer groups, own components or own metrics';
		return text`Delete viewer ${words.person}${words.onPage}, who has ${held}`;
	},
	deleteSubscriber: ({ before }, { person, onPage }) => {
		const mode = before?.mode;
		const kind = mode === null || mode === undefined ? '' : (MODE_NAMES[String(mode)] ?? nameOf(mode));
		return text`Delete the ${kind === '' ? '' : text`${kind} `}subscription of ${person}${onPage}`;
	},
	setPermissions: ({ before, after, page, pageName }, words) => {
		const [held, left] = [joinNames(roleNames(before?.roles)), joinNames(roleNames(after?.roles))];
		if (after?.roles)
			return text`Change the roles of team member ${words.person}${words.onPage} from ${held || 'none'} to ${left || 'none'}`;
		const from = pageName === undefined ? words.name(String(before?.pageId ?? page)) : nameOf(pageName);
		return text`Remove team member ${words.person} from page ${from}${inParentheses(held)}`;
	},
	deleteTeamMember: ({ before }, words) => {
		const pages = pageParts(before, words);
		return text`Delete team member ${words.person} from the organization${pages.length > 0 ? text` and from ${joinParts(pages)}` : ''}`;
	},
	unchanged: (_, { person, onPage }) => text`No change for ${person}${onPage}`,
};

/** The sentence of a change in parts, which allows a message to escape the names. */
export function changeParts(change: DescribedChange): TextPart[] {
	return TEXTS[change.action](change, new SentenceParts(change));
}

/** Describes a change in one imperative sentence with names, without a full stop. */
export function changeText(change: DescribedChange): string {
	return changeParts(change)
		.map((part) => part.text)
		.join('');
}
