import { createHash } from 'crypto';
import { emailKey } from '../../../shared/client/matching';

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
	/** The ID of the page; null for what belongs to the organization. */
	page: string | null;
	/** Whom it is about: an e-mail address, or what comes nearest to one. */
	email: string;
	/** The object that is written; null when it does not exist yet. */
	objectId: string | null;
	/** As it was when the plan was made; null when there was nothing. */
	before: Facts | null;
	/** As it is to be; null when there is to be nothing. */
	after: Facts | null;
	/** The address as the input gave it, where it had to be cleaned. */
	emailGiven?: string;
	/** What a person should know before saying yes. */
	note?: string;
}

/** What holds for the plan as a whole, carried by each of its changes. */
export interface PlanFacts {
	/** People whom the plan could have changed. */
	peopleInScope: number;
	/** Viewers on the page of the change, from which its cost follows. */
	viewersOnPage: number;
	/** What the audience check saw, and how sure it is. */
	audience?: string;
}

export interface Change extends Planned, PlanFacts {
	/** Of `before`: at apply, a different state means that somebody else was there. */
	fingerprint: string;
	/** What it would cost alone; together changes share requests. */
	requests: number;
	/** Of everything that apply relies on: an item that was altered after planning is refused. */
	digest: string;
}

/** Requests that each change takes for itself: a look and a write. */
function requestsAlone({ action, after }: Planned): number {
	if (action === 'unchanged') return 0;
	if (action === 'createGroup') return 1;
	if (action === 'createViewer') return listIn(after, 'componentIds').length > 0 ? 2 : 1;
	return 2;
}

/** The same text for the same JSON, whatever the order of its keys. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
		return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
	}
	return JSON.stringify(value) ?? 'null';
}

function hash(value: unknown): string {
	return createHash('sha256').update(canonical(value)).digest('hex');
}

export function fingerprintOf(state: Facts | null): string {
	return hash(state).slice(0, 16);
}

export function digestOf({ action, page, email, objectId, before, after, peopleInScope, viewersOnPage }: Planned & PlanFacts): string {
	return hash({ action, page, email, objectId, before, after, peopleInScope, viewersOnPage });
}

export function toChange(planned: Planned, facts: PlanFacts): Change {
	return {
		...planned,
		fingerprint: fingerprintOf(planned.before),
		requests: requestsAlone(planned),
		...facts,
		digest: digestOf({ ...planned, ...facts }),
	};
}

const isText = (value: unknown) => typeof value === 'string';
const isTextOrNull = (value: unknown) => value === null || isText(value);
const isNumber = (value: unknown) => Number.isFinite(value);
const isFactsOrNull = (value: unknown) => value === null || (typeof value === 'object' && !Array.isArray(value));

/** What apply relies on, of JSON that may come from anywhere. */
const CHANGE_FIELDS: Record<string, (value: unknown) => boolean> = {
	action: (value) => ACTIONS.includes(value as Action),
	page: isTextOrNull,
	email: isText,
	objectId: isTextOrNull,
	before: isFactsOrNull,
	after: isFactsOrNull,
	fingerprint: isText,
	digest: isText,
	peopleInScope: isNumber,
	viewersOnPage: isNumber,
};

/** True for JSON that has everything that a change has, each of its type. A null may have been dropped on the way. */
export function isChange(json: unknown): json is Change {
	if (typeof json !== 'object' || json === null) return false;
	return Object.entries(CHANGE_FIELDS).every(([name, isOfType]) => isOfType((json as Record<string, unknown>)[name] ?? null));
}

/** True for plain JSON that is a change as it was planned. */
export function isUnaltered(change: Change): boolean {
	return change.digest === digestOf(change) && change.fingerprint === fingerprintOf(change.before ?? null);
}

/** A list of texts in the facts of a change; empty when there is none. */
export function listIn(facts: Facts | null, name: string): string[] {
	const list = facts?.[name];
	return Array.isArray(list) ? list.map(String) : [];
}

function losesRoles({ before, after }: Planned): boolean {
	const held = (before?.roles ?? {}) as Record<string, boolean>;
	const left = after?.roles as Record<string, boolean> | null | undefined;
	return !left || Object.keys(held).some((role) => held[role] && !left[role]);
}

/** True when somebody ends with less than before. */
export function takesAway(change: Planned): boolean {
	if (change.action === 'setComponents') return listIn(change.before, 'componentIds').some((id) => !listIn(change.after, 'componentIds').includes(id));
	if (change.action === 'setPermissions') return losesRoles(change);
	return ['removeFromGroup', 'deleteViewer', 'deleteSubscriber', 'deleteTeamMember'].includes(change.action);
}

/** The person a change is about: the same for all that a plan says about one. */
export function personOf({ email, objectId }: Planned): string {
	return emailKey(email) || String(objectId);
}

/** The people whom the changes leave with less. */
export function peopleLosing(changes: Planned[]): Set<string> {
	return new Set(changes.filter(takesAway).map(personOf));
}
