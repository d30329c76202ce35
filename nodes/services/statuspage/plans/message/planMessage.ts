import { splitAtPageName, groupByVerdict, type AudienceFacts } from './audienceVerdicts';
import { maxPeopleLosing } from '../cap';
import type { Change } from '../change';
import { changeLines, FULL_LIST } from './changeLines';
import { plainName } from '../changeText';
import { joinNames } from '../joinNames';
import { countText, plural } from './countText';
import { fitLines, totalLength, shorten } from './fitLines';
import { MESSAGE_FORMATS, type FormatName, type MessageFormat } from './messageFormat';

/** A Slack block has at most 3,000 characters. The rest is left for text that a workflow adds. */
export const MAX_MESSAGE_LENGTH = 2800;
/** Maximum length of a name or sentence outside the list of changes. */
const MAX_NAME_LENGTH = 60;
const MAX_TEXT_LENGTH = 300;
/** Maximum number of lines about checked objects. */
const MAX_ENTRIES = 6;
/** Maximum number of listed scopes. */
const MAX_SCOPES = 4;

export interface PlanCost {
	planRequests: number;
	applyRequests: number;
	applyMinutes: number;
	requestsPerMinute: number;
}

/** A page or the team, which have separate limits. */
export interface ScopeFacts {
	/** Null for the team. */
	pageName: string | null;
	people: number;
	peopleLosing: number;
}

export interface PlanFacts {
	title: string;
	changes: Change[];
	peopleInScope: number;
	scopes: ScopeFacts[];
	capPercent: number;
	audience: AudienceFacts[];
	cost: PlanCost;
	lookedAt: string[];
	notLookedAt: string[];
}

export interface PlanMessage {
	text: string;
	/** True if every removal is named in full. */
	isComplete: boolean;
}

/** A part of the message that can be shortened. */
interface Block {
	/** Minimum number of characters that are reserved for it. */
	minLength: number;
	lines: string[];
	more: (count: number) => string;
}

function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

class MessageBuilder {
	readonly #changes: Change[];
	readonly #notes: string[];

	constructor(
		private readonly facts: PlanFacts,
		private readonly format: MessageFormat,
	) {
		const { changes } = facts;
		this.#changes = changes.filter(({ action }) => action !== 'unchanged');
		this.#notes = [...new Set(changes.flatMap(({ note }) => (note ? [note] : [])))];
	}

	build(): PlanMessage {
		const head = [this.#title(), '', this.#outcome(), ...this.#scopeLines()];
		const blocks = [
			this.#noteBlock(),
			this.#costBlock(),
			this.#audienceBlock(),
			this.#checkedBlock('Not checked', this.facts.notLookedAt),
			this.#checkedBlock('Checked', this.facts.lookedAt),
		].filter(({ lines }) => lines.length > 0);
		const least = blocks.map((block) => fitLines(block.lines, block.minLength, block.more));
		// Each block starts with an empty line. The first line of a message that was cut also needs room.
		const tail = least.reduce((sum, lines) => sum + totalLength(lines) + 1, 0);
		const { lines, removals, namedRemovals, isShortened } = changeLines(this.facts.changes, {
			format: this.format,
			room:
				MAX_MESSAGE_LENGTH - totalLength(head) - 1 - tail - totalLength(incompleteNotice(1_000_000, 1_000_000, true)),
			reference: (change) => this.#reference(change),
		});
		const first = namedRemovals < removals ? incompleteNotice(namedRemovals, removals, isShortened) : [];
		let left = MAX_MESSAGE_LENGTH - totalLength([...first, ...head, '', ...lines]) - tail;
		const rest = blocks.map((block, index) => {
			const full = fitLines(block.lines, totalLength(least[index]) + left, block.more);
			left -= totalLength(full) - totalLength(least[index]);
			return full;
		});
		const text = [
			...first,
			...head,
			...[lines, ...rest].flatMap((block) => (block.length > 0 ? ['', ...block] : [])),
		].join('\n');
		return { text, isComplete: namedRemovals === removals };
	}

	#name(name: string): string {
		return shorten(plainName(name), (text) => this.format.name(text), MAX_NAME_LENGTH);
	}

	#text(text: string): string {
		return shorten(sentence(plainName(text)), (part) => this.format.text(part), MAX_TEXT_LENGTH);
	}

	#title(): string {
		return this.format.heading(shorten(plainName(this.facts.title), (text) => this.format.text(text), MAX_TEXT_LENGTH));
	}

	/** Describes the effect of the plan and the number of people who will lose access. */
	#outcome(): string {
		const { scopes, peopleInScope } = this.facts;
		if (this.#changes.length === 0)
			return `Nothing will change.${peopleInScope > 0 ? ` ${plural(peopleInScope, 'person is', 'people are')} in scope.` : ''}`;
		const counts = `This plan will ${countText(this.#changes)}.`;
		const losing = scopes.filter(({ peopleLosing }) => peopleLosing > 0);
		if (losing.length === 0) return `${counts} Nobody will lose access.`;
		return scopes.length === 1 ? `${counts} ${this.#scopeText(losing[0], '')}` : counts;
	}

	/** The number of people who will lose access per page and team, if there are several scopes. */
	#scopeLines(): string[] {
		const { scopes } = this.facts;
		const losing = scopes.filter(({ peopleLosing }) => peopleLosing > 0);
		if (scopes.length === 1 || losing.length === 0) return [];
		const listedScopes = [...losing].sort((a, b) => b.peopleLosing - a.peopleLosing).slice(0, MAX_SCOPES);
		const rest = losing.length - listedScopes.length;
		return [
			'',
			...listedScopes.map(
				(scope) =>
					`${this.format.bullet}${this.#scopeText(scope, scope.pageName === null ? '' : ` on page ${this.#name(scope.pageName)}`)}`,
			),
			...(rest > 0
				? [
						`${this.format.bullet}People will also lose access on ${plural(rest, 'more page')}, within the limit of each page.`,
					]
				: []),
		];
	}

	#scopeText({ pageName, people, peopleLosing }: ScopeFacts, place: string): string {
		const { capPercent } = this.facts;
		const noun = pageName === null ? plural(people, 'team member') : `${plural(people, 'person', 'people')} in scope`;
		const least = (people * capPercent) / 100 < 1 ? ', but at least 1' : '';
		return `${peopleLosing} of ${noun} will lose access${place}. The limit is ${maxPeopleLosing(people, capPercent)} (${capPercent}%${least}).`;
	}

	/** A single note that applies to all changes needs no number. */
	get #isSharedNote(): boolean {
		return this.#notes.length === 1 && this.facts.changes.every(({ note }) => note === this.#notes[0]);
	}

	#reference({ note }: Change): string {
		return note && !this.#isSharedNote ? ` (note ${this.#notes.indexOf(note) + 1})` : '';
	}

	#noteBlock(): Block {
		const lines = this.#notes.map(
			(note, index) => `${this.#isSharedNote ? 'Note' : `Note ${index + 1}`}: ${this.#text(note)}`,
		);
		return {
			minLength: 350,
			lines: lines.length > 1 ? lines.map((line) => `${this.format.bullet}${line}`) : lines,
			more: (count) =>
				`${this.format.bullet}${plural(count, 'more note is', 'more notes are')} in the field 'changes' of this item.`,
		};
	}

	#costBlock(): Block {
		const { applyRequests, applyMinutes, requestsPerMinute } = this.facts.cost;
		const duration = applyMinutes < 1 ? 'less than 1 min' : `about ${Math.ceil(applyMinutes)} min`;
		const text = `Applying the plan will send ${plural(applyRequests, 'request')} and take ${duration} at ${plural(requestsPerMinute, 'request')} per minute.`;
		return { minLength: text.length + 1, lines: this.#changes.length === 0 ? [] : [text], more: () => '' };
	}

	/** Pages with the same verdict share one line. */
	#audienceBlock(): Block {
		const lines = groupByVerdict(this.facts.audience).map(
			([first, ...others]) => `Audience check: ${this.#verdict(first)}${this.#samePages(others)}`,
		);
		return {
			minLength: 700,
			lines: lines.length > 1 ? lines.map((line) => `${this.format.bullet}${line}`) : lines,
			more: (count) =>
				`${this.format.bullet}${plural(count, 'more verdict is', 'more verdicts are')} in the field 'audience' of this item.`,
		};
	}

	#verdict(facts: AudienceFacts): string {
		const marked = splitAtPageName({ pageName: plainName(facts.pageName), summary: sentence(plainName(facts.summary)) })
			.map((text) => this.format.text(text))
			.join(this.#name(facts.pageName));
		return marked.length <= MAX_TEXT_LENGTH ? marked : this.#text(facts.summary);
	}

	#samePages(others: AudienceFacts[]): string {
		if (others.length === 0) return '';
		const named = others.slice(0, others.length === 4 ? 4 : 3).map(({ pageName }) => this.#name(pageName));
		const rest = others.length - named.length;
		return ` The same applies to ${joinNames([...named, ...(rest > 0 ? [plural(rest, 'more page')] : [])])}.`;
	}

	#checkedBlock(title: string, entries: string[]): Block {
		const field = title === 'Checked' ? 'lookedAt' : 'notLookedAt';
		const more = (count: number) => `${this.format.bullet}${count} more in the field '${field}' of this item.`;
		if (entries.length < 2)
			return { minLength: 350, lines: entries.map((entry) => `${title}: ${this.#text(entry)}`), more };
		// If nothing will change, the list of checked objects is the main content of the message.
		const listedEntries =
			this.#changes.length > 0 && entries.length > MAX_ENTRIES ? entries.slice(0, MAX_ENTRIES - 1) : entries;
		const lines = listedEntries.map(
			(entry) => `${this.format.bullet}${shorten(plainName(entry), (text) => this.format.text(text), MAX_TEXT_LENGTH)}`,
		);
		const rest = entries.length - lines.length;
		return {
			minLength: 350,
			lines: [`${title}:`, ...lines, ...(rest > 0 ? [more(rest)] : [])],
			more: (count) => more(count + (rest > 0 ? rest - 1 : 0)),
		};
	}
}

function incompleteNotice(named: number, removals: number, isShortened: boolean): string[] {
	return [
		`This message names ${named} of ${plural(removals, 'removal')}${isShortened ? ' in full' : ''}. ${FULL_LIST}`,
		'',
	];
}

/** Describes a plan for approval: its changes, the people who lose access, its cost and the checked objects. */
export function planMessage(facts: PlanFacts, format: FormatName): PlanMessage {
	return new MessageBuilder(facts, MESSAGE_FORMATS[format]).build();
}
