import { createHash } from 'crypto';
import { emailKey } from '../../../shared/client/matching';
import { changeText } from './changeText';

/** What a plan can do, in the order in which it is done: grants come before anything is taken away. */
export const ACTIONS = [
	'createGroup',
	'createViewer',
	'updateViewer',
	'addToGroup',
	'setComponents',
	'removeFromGroup',
	'deleteViewer',
	'deleteSubscriber',
	'setPermissions',
	'deleteTeamMember',
	'unchanged',
] as const;
export type Action = (typeof ACTIONS)[number];

/** The fields that a change writes, and those that say which object it means. Plain JSON. */
export type Facts = Record<string, unknown>;

/** What is known when a change is planned. */
export interface Planned {
	action: Action;
	/** The ID of the page; null for the whole organization. */
	page: string | null;
	/** The name of the page; the ID where nobody told the name. */
	pageName?: string;
	/** Of a team member: the organization that the change belongs to. */
	organizationId?: string;
	/** The person: an email address, or what comes nearest to one. */
	email: string;
	/** The object that is written; null when it does not exist yet. */
	objectId: string | null;
	/** The state when the plan was created; null when there was nothing. */
	before: Facts | null;
	/** The state after the change; null when nothing will be left. */
	after: Facts | null;
	/** The names of groups, components, metrics and pages in `before` and `after`, by ID. */
	names?: Record<string, string>;
	/** Only the search by email was made, which may miss a viewer: `createViewer` then reads the list of viewers before it creates. */
	notConfirmed?: true;
	/** The address as the input gave it, where it had to be cleaned. */
	emailGiven?: string;
	/** What an approver should know besides. */
	note?: string;
	/** For `unchanged`: what was found and where, instead of the usual sentence. */
	evidence?: string;
}

/** What holds for the plan as a whole, carried by each of its changes. */
export interface PlanFacts {
	/** People whom the plan could have changed, on the page of the change or in its organization. */
	peopleInScope: number;
	/** Viewers on the page of the change. */
	viewersOnPage: number;
	/** What the audience check found, and how sure it is. */
	audience?: string;
}

export interface Change extends Omit<Planned, 'evidence'>, PlanFacts {
	/** The change in one plain sentence, with names. The same in the plan, the approval message, the rows of apply and the ticket. */
	text: string;
	/** Of `before`: at apply, another state means that somebody changed it since the plan was created. */
	fingerprint: string;
	/** Requests that it takes alone. Together, changes share requests. */
	requests: number;
	/** Of everything that apply relies on: an item that was edited after planning is rejected. */
	digest: string;
}

/** Requests that each change takes for itself: its reads and its writes. */
function requestsAlone({ action, before, after }: Planned): number {
	const [held, wanted] = [listIn(before, 'componentIds'), listIn(after, 'componentIds')];
	const lists = (facts: Facts | null) =>
		1 +
		Math.floor(listIn(facts, 'componentIds').length / 100) +
		1 +
		Math.floor(listIn(facts, 'metricIds').length / 100);
	if (action === 'unchanged') return 0;
	if (action === 'createViewer') return wanted.length > 0 ? 2 : 1;
	if (action === 'addToGroup' || action === 'deleteTeamMember') return 3;
	if (action === 'deleteViewer') return 2 + lists(before);
	if (action === 'setComponents') {
		const adds = wanted.some((id) => !held.includes(id)) ? 1 : 0;
		const removals = held.filter((id) => !wanted.includes(id)).length + listIn(before, 'metricIds').length;
		return lists(before) - (hasMetrics(before) ? 0 : 1) + adds + removals;
	}
	return 2;
}

/** Whether a change of own components is about own metrics too. */
export function hasMetrics(facts: Facts | null): boolean {
	return listIn(facts, 'metricIds').length > 0;
}

/** The same text for the same JSON, whatever the order of its keys. Steps between drop null values, so null is the same as nothing. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null);
		return `{${entries
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`)
			.join(',')}}`;
	}
	return JSON.stringify(value) ?? 'null';
}

function hash(value: unknown): string {
	return createHash('sha256')
		.update(canonical(value ?? null))
		.digest('hex');
}

export function fingerprintOf(state: Facts | null | undefined): string {
	return hash(state).slice(0, 16);
}

/** What apply relies on, of JSON that may come from anywhere. */
const CHANGE_FIELDS: Record<string, (value: unknown) => boolean> = {
	action: (value) => ACTIONS.includes(value as Action),
	page: isTextOrNull,
	organizationId: isTextOrNull,
	email: isText,
	objectId: isTextOrNull,
	before: isFactsOrNull,
	after: isFactsOrNull,
	text: isText,
	note: isTextOrNull,
	notConfirmed: (value) => value === null || value === true,
	peopleInScope: isNumber,
	viewersOnPage: isNumber,
};

function isText(value: unknown): boolean {
	return typeof value === 'string';
}

function isTextOrNull(value: unknown): boolean {
	return value === null || isText(value);
}

function isNumber(value: unknown): boolean {
	return Number.isFinite(value);
}

function isFactsOrNull(value: unknown): boolean {
	return value === null || (typeof value === 'object' && !Array.isArray(value));
}

type Json = Record<string, unknown>;

/** Characters of the digest for each field, so that a field that was edited can be named. */
const MARK = 4;

/** A checksum of all fields together, and a short one of each. It finds edits; it is no signature. */
export function digestOf(change: object): string {
	const marks = Object.keys(CHANGE_FIELDS).map((name) => hash((change as Json)[name]).slice(0, MARK));
	const all = Object.fromEntries(Object.keys(CHANGE_FIELDS).map((name) => [name, (change as Json)[name]]));
	return `${hash(all).slice(0, 24)}-${marks.join('')}`;
}

export function toChange({ evidence, ...planned }: Planned, facts: PlanFacts): Change {
	const change = {
		...planned,
		text: evidence ?? changeText(planned),
		fingerprint: fingerprintOf(planned.before),
		requests: requestsAlone(planned),
		...facts,
	};
	return { ...change, digest: digestOf(change) };
}

/** True for JSON that is a change of a plan, perhaps edited: anything else was never one. */
export function isChange(json: unknown): json is Change {
	if (typeof json !== 'object' || json === null) return false;
	const { action, digest } = json as Json;
	return ACTIONS.includes(action as Action) && isText(digest);
}

/** The fields in which a change differs from how it was planned; empty for one that nobody edited. */
export function editedFields(change: Change): string[] {
	const names = Object.keys(CHANGE_FIELDS);
	const value = (name: string) => (change as unknown as Json)[name] ?? null;
	const wrong = names.filter((name) => !(CHANGE_FIELDS[name] as (value: unknown) => boolean)(value(name)));
	if (wrong.length > 0) return wrong;
	if (change.digest === digestOf(change))
		return change.fingerprint === fingerprintOf(change.before) ? [] : ['fingerprint'];
	const [, marks = ''] = change.digest.split('-');
	const differing = names.filter(
		(name, index) => hash(value(name)).slice(0, MARK) !== marks.slice(index * MARK, (index + 1) * MARK),
	);
	return differing.length > 0 ? differing : ['digest'];
}

/** A list of texts in the facts of a change; empty when there is none. */
export function listIn(facts: Facts | null, name: string): string[] {
	const list = facts?.[name];
	return Array.isArray(list) ? list.map(String) : [];
}

type Judged = Pick<Planned, 'action' | 'before' | 'after' | 'email' | 'objectId'>;

function losesRoles({ before, after }: Judged): boolean {
	const held = (before?.roles ?? {}) as Record<string, boolean>;
	const left = after?.roles as Record<string, boolean> | null | undefined;
	return !left || Object.keys(held).some((role) => held[role] && !left[role]);
}

function losesFrom(name: string, { before, after }: Judged): boolean {
	const wanted = new Set(listIn(after, name));
	return listIn(before, name).some((id) => !wanted.has(id));
}

/** True when a person loses access, or a subscription. */
export function takesAway(change: Judged): boolean {
	if (change.action === 'setComponents') return losesFrom('componentIds', change) || losesFrom('metricIds', change);
	if (change.action === 'setPermissions') return losesRoles(change);
	return ['removeFromGroup', 'deleteViewer', 'deleteSubscriber', 'deleteTeamMember'].includes(change.action);
}

/** The person a change is about: the same for all that a plan says about one. */
export function personOf({ email, objectId }: Pick<Planned, 'email' | 'objectId'>): string {
	return emailKey(email) || String(objectId);
}

/** The people who lose something. */
export function peopleLosing(changes: Judged[]): Set<string> {
	return new Set(changes.filter(takesAway).map(personOf));
}

export function isTeamChange({ action }: Pick<Planned, 'action'>): boolean {
	return action === 'setPermissions' || action === 'deleteTeamMember';
}
