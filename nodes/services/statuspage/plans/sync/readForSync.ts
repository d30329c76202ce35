import { emailKey } from '../../../../shared/client/matching';
import type { StatuspageApi } from '../../statuspageApi';
import type { Viewer } from '../../endpoints';
import { viewersWith, type LookUp } from '../../viewers';
import type { SourcedChange, SyncOptions } from './syncPlan';
import { readOwnComponents, readOwnMetrics, type PageSnapshot } from '../snapshot';
import type { Person } from './desired';
import type { Matches } from '../match';
import { isInScope } from './scope';

/** So few people are searched one by one, with at most two requests each. A list of viewers takes one request per 100. */
const FEW_PEOPLE = 3;

export interface ReadViewers {
	viewers: Viewer[];
	/** Emails of people whom only the search did not find. */
	notConfirmed: Set<string>;
	/** All viewers of the page were read. */
	isWhole: boolean;
}

/** The viewers that a plan needs: few people of a plan that only adds are searched by email, otherwise all viewers are read. */
export async function readViewers(
	api: StatuspageApi,
	pageId: string,
	people: Person[],
	{ scope }: Pick<SyncOptions, 'scope'>,
	lookUp: LookUp,
): Promise<ReadViewers> {
	const needsAll =
		scope.kind !== 'add' ||
		people.length > FEW_PEOPLE ||
		people.some(({ externalLogin }) => externalLogin !== undefined);
	if (needsAll)
		return {
			viewers: await api.list('listViewers', { pageId }, { isExact: true }),
			notConfirmed: new Set(),
			isWhole: true,
		};
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
		isWhole: false,
	};
}

/**
 * Reads what no list shows: own components of everybody whose own components the plan may change, own components and metrics of
 * everybody whom it may delete. One request each.
 *
 * @param draft the plan as far as the lists show it: its deletions are the candidates
 */
export async function readOwnAccess(
	api: StatuspageApi,
	snapshot: PageSnapshot,
	draft: SourcedChange[],
	matches: Matches,
	{ scope, manages }: SyncOptions,
	concurrency: number,
): Promise<void> {
	const candidates = draft.flatMap(({ action, objectId }) =>
		action === 'deleteViewer' && objectId !== null ? [objectId] : [],
	);
	const managed = manages.components
		? [
				...[...matches].flatMap(([{ componentIds }, viewer]) => (componentIds && viewer ? [viewer.id] : [])),
				...snapshot.viewers.filter((viewer) => isInScope(viewer, scope)).map(({ id }) => id),
			]
		: [];
	await readOwnComponents(api, snapshot, new Set([...candidates, ...managed]), concurrency);
	await readOwnMetrics(api, snapshot, candidates, concurrency);
}
