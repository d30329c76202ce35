import { createHash } from 'crypto';
import { emailKey } from '../../../shared/client/matching';
import { changeText } from './changeText';
import { stringsIn, type Facts } from './facts';

/** The actions of a plan in the order in which they are applied. Access is granted before any is removed. */
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

/** A change before the checksums are added. */
export interface PlannedChange {
	action: Action;
	/** The ID of the page. Null for the whole organization. */
	page: string | null;
	/** The name of the page, or its ID if the name is unknown. */
	pageName?: string;
	/** The organization of a team member. */
	organizationId?: string;
	/** The email of the person. Without one, the external login or ID. */
	email: string;
	/** The ID of the object that is written. Null if it does not exist yet. */
	objectId: string | null;
	/** The state when the plan was created. Null if the object did not exist. */
	before: Facts | null;
	/** The state after the change. Null if the object will be deleted. */
	after: Facts | null;
	/** The names of groups, components, metrics and pages in `before` and `after`, by ID. */
	names?: Record<string, string>;
	/** The viewer was only searched by email, which may miss a viewer. `createViewer` reads the list of viewers first. */
	notConfirmed?: true;
	/** The email as it was in the input, if it had to be cleaned. */
	emailGiven?: string;
	/** Additional information for the approver. */
	note?: string;
	/** For `unchanged`: the result of the check, which replaces the usual sentence. */
	evidence?: string;
}

/** Facts of the whole plan that each change contains. */
export interface PlanFacts {
	/** Number of people in scope, on the page of the change or in its organization. */
	peopleInScope: number;
	/** Number of viewers on the page of the change. */
	viewersOnPage: number;
	/** Summary of the audience check. */
	audience?: string;
}

export interface Change extends Omit<PlannedChange, 'evidence'>, PlanFacts {
	/** The change in one sentence with names. Plans, messages and the results of apply show the same text. */
	text: string;
	/** Checksum of `before`. If it differs when the plan is applied, the object was changed since the plan was created. */
	fingerprint: string;
	/** Number of requests if the change is applied alone. Several changes can share requests. */
	requests: number;
	/** Checksum of all fields that apply uses. An item that was edited after planning is rejected. */
	digest: string;
}

/** Number of reads and writes of a change that is applied alone. If the key is shared, some writes are read once more. */
function standaloneRequests({ action, before, after }: PlannedChange, isShared: boolean): number {
	const checks = isShared ? 1 : 0;
	const [held, wanted] = [stringsIn(before, 'componentIds'), stringsIn(after, 'componentIds')];
	const lists = (facts: Facts | null) =>
		1 +
		Math.floor(stringsIn(facts, 'componentIds').length / 100) +
		1 +
		Math.floor(stringsIn(facts, 'metricIds').length / 100);
	if (action === 'unchanged') return 0;
	if (action === 'createViewer') return wanted.length > 0 ? 2 : 1;
	if (action === 'addToGroup') return 3 + checks;
	if (action === 'removeFromGroup' || action === 'setPermissions') return 2 + checks;
	if (action === 'deleteTeamMember') return 3;
	if (action === 'deleteViewer') return 2 + lists(before);
	if (action === 'setComponents') {
		const [heldIds, wantedIds] = [new Set(held), new Set(wanted)];
		const adds = wanted.some((id) => !heldIds.has(id)) ? 1 : 0;
		const removals = held.filter((id) => !wantedIds.has(id)).length + stringsIn(before, 'metricIds').length;
		return lists(before) - (hasMetrics(before) ? 0 : 1) + adds + removals;
	}
	return 2;
}

/** True if a change of own components also concerns own metrics. */
export function hasMetrics(facts: Facts | null): boolean {
	return stringsIn(facts, 'metricIds').length > 0;
}

/** Serializes JSON independently of the order of keys. Other nodes may drop null values, so null counts as missing. */
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

/** The fields that apply uses, with type checks because the JSON may come from anywhere. */
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

/** Length of the checksum of each field. It allows messages to name an edited field. */
const FIELD_HASH_LENGTH = 4;

/** A checksum of all fields and a short checksum of each field. It detects edits and is not a signature. */
export function digestOf(change: object): string {
	const marks = Object.keys(CHANGE_FIELDS).map((name) => hash((change as Json)[name]).slice(0, FIELD_HASH_LENGTH));
	const all = Object.fromEntries(Object.keys(CHANGE_FIELDS).map((name) => [name, (change as Json)[name]]));
	return `${hash(all).slice(0, 24)}-${marks.join('')}`;
}

/** @param isShared other processes use the key, which costs more requests */
export function toChange({ evidence, ...planned }: PlannedChange, facts: PlanFacts, isShared = false): Change {
	const change = {
		...planned,
		text: evidence ?? changeText(planned),
		fingerprint: fingerprintOf(planned.before),
		requests: standaloneRequests(planned, isShared),
		...facts,
	};
	return { ...change, digest: digestOf(change) };
}

/** True for JSON that is a change of a plan, even if it was edited. */
export function isChange(json: unknown): json is Change {
	if (typeof json !== 'object' || json === null) return false;
	const { action, digest } = json as Json;
	return ACTIONS.includes(action as Action) && isText(digest);
}

/** The fields of a change that were edited after planning. Empty if none was. */
export function editedFields(change: Change): string[] {
	const names = Object.keys(CHANGE_FIELDS);
	const value = (name: string) => (change as unknown as Json)[name] ?? null;
	const wrong = names.filter((name) => !(CHANGE_FIELDS[name] as (value: unknown) => boolean)(value(name)));
	if (wrong.length > 0) return wrong;
	if (change.digest === digestOf(change))
		return change.fingerprint === fingerprintOf(change.before) ? [] : ['fingerprint'];
	const [, marks = ''] = change.digest.split('-');
	const differing = names.filter(
		(name, index) =>
			hash(value(name)).slice(0, FIELD_HASH_LENGTH) !==
			marks.slice(index * FIELD_HASH_LENGTH, (index + 1) * FIELD_HASH_LENGTH),
	);
	return differing.length > 0 ? differing : ['digest'];
}

type StateChange = Pick<PlannedChange, 'action' | 'before' | 'after' | 'email' | 'objectId'>;

function removesRoles({ before, after }: StateChange): boolean {
	const held = (before?.roles ?? {}) as Record<string, boolean>;
	const left = after?.roles as Record<string, boolean> | null | undefined;
	return !left || Object.keys(held).some((role) => held[role] && !left[role]);
}

function removesFromList(name: string, { before, after }: StateChange): boolean {
	const wanted = new Set(stringsIn(after, name));
	return stringsIn(before, name).some((id) => !wanted.has(id));
}

/** True if a person loses access or a subscription. */
export function removesAccess(change: StateChange): boolean {
	if (change.action === 'setComponents')
		return removesFromList('componentIds', change) || removesFromList('metricIds', change);
	if (change.action === 'setPermissions') return removesRoles(change);
	return ['removeFromGroup', 'deleteViewer', 'deleteSubscriber', 'deleteTeamMember'].includes(change.action);
}

/** A key for the person of a change, which is the same for all changes of that person. */
export function personKey({ email, objectId }: Pick<PlannedChange, 'email' | 'objectId'>): string {
	return emailKey(email) || String(objectId);
}

/** Keys of the people who lose access or a subscription. */
export function peopleLosingAccess(changes: StateChange[]): Set<string> {
	return new Set(changes.filter(removesAccess).map(personKey));
}

export function isTeamChange({ action }: Pick<PlannedChange, 'action'>): boolean {
	return action === 'setPermissions' || action === 'deleteTeamMember';
}
