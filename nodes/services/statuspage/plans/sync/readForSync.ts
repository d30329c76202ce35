import { emailKey } from '../../../../shared/client/matching';
import type { StatuspageApi } from '../../statuspageApi';
import type { Viewer } from '../../endpoints';
import { viewersWith, type LookUp } from '../../viewers';
import type { SourcedChange, SyncOptions } from './syncPlan';
import { ownComponents, ownMetrics, readOwnLists, type PageSnapshot } from '../snapshot';
import type { Person } from './desiredPeople';
import type { Matches } from '../matchPeople';
import { isInScope, type Scope } from './scope';

/** Up to this many people are searched individually, with at most two requests each. A list of viewers takes one request per 100. */
const MAX_SEARCHED_PEOPLE = 3;

export interface ReadViewers {
	viewers: Viewer[];
	/** Emails that the search did not find, without reading the list of viewers. */
	notConfirmed: Set<string>;
	/** True if all viewers of the page were read. */
	isComplete: boolean;
}

/** True if a plan for these people needs all viewers of the page. */
function needsAllViewers(kind: Scope['kind'], people: ReadonlyArray<Pick<Person, 'email' | 'externalLogin'>>): boolean {
	if (kind !== 'add' || people.some(({ externalLogin }) => externalLogin !== undefined)) return true;
	const emails = new Set<string>();
	return people.some(({ email }) => emails.add(emailKey(email)).size > MAX_SEARCHED_PEOPLE);
}

/** The people whose viewers are needed. */
export interface Wanted {
	kind: Scope['kind'];
	/** The people as in the items. */
	rows: ReadonlyArray<Pick<Person, 'email' | 'externalLogin'>>;
	/** The people, when all names in the items are known. Its error ends the reading. */
	people: () => Promise<Person[]>;
	lookUp: LookUp;
}

/**
 * Reads the viewers that a plan needs. A plan that only adds a few people searches by email. Other plans read all viewers, the first pages
 * already while the names are resolved.
 */
export async function readViewers(
	api: StatuspageApi,
	pageId: string,
	{ kind, rows, people: named, lookUp }: Wanted,
): Promise<ReadViewers> {
	if (needsAllViewers(kind, rows)) {
		const emails = new Set(rows.map(({ email }) => emailKey(email)));
		const known = { count: emails.size, isOne: ({ email }: Viewer) => emails.has(emailKey(email)) };
		return {
			viewers: await api.list('listViewers', { pageId }, { isExact: true, known, whenNeeded: named }),
			notConfirmed: new Set(),
			isComplete: true,
		};
	}
	const people = await named();
	const found = await viewersWith(
		api,
		pageId,
		people.map(({ email }) => email),
		lookUp,
	);
	const missing = people
		.filter(({ email }) => (found.get(emailKey(email)) ?? []).length === 0)
		.map(({ email }) => email);
	return {
		viewers: [...found.values()].flat(),
		notConfirmed: new Set(lookUp === 'quick' ? missing : []),
		isComplete: false,
	};
}

/**
 * Reads own components of viewers whose own components the plan may change, and own components and metrics of viewers that it may
 * delete. Each takes one request, because no list contains them.
 *
 * @param draft the plan without own access. Its deletions are the candidates
 * @returns whether anything was read
 */
export async function readOwnAccess(
	api: StatuspageApi,
	snapshot: PageSnapshot,
	draft: SourcedChange[],
	matches: Matches,
	{ scope, manages }: SyncOptions,
	concurrency: number,
): Promise<boolean> {
	const candidates = draft.flatMap(({ action, objectId }) =>
		action === 'deleteViewer' && objectId !== null ? [objectId] : [],
	);
	const managed = manages.components
		? [
				...[...matches].flatMap(([{ componentIds }, viewer]) => (componentIds && viewer ? [viewer.id] : [])),
				...snapshot.viewers.filter((viewer) => isInScope(viewer, scope)).map(({ id }) => id),
			]
		: [];
	const lists = [...ownComponents(snapshot, new Set([...candidates, ...managed])), ...ownMetrics(snapshot, candidates)];
	await readOwnLists(api, lists, concurrency);
	return lists.length > 0;
}
