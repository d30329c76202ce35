import { Cancelled, Failure, asError, mayHaveArrived } from '../../../../shared/http/failures';
import type { ChangeResult } from '../../../../shared/client/changes';
import { nameKey } from '../../../../shared/client/matching';
import { Breather } from '../../../../shared/http/breather';
import { mapConcurrently } from '../../../../shared/http/concurrently';
import type { StatuspageApi } from '../../statuspageApi';
import type { Viewer, ViewerGroup } from '../../endpoints';
import type { Judge } from '../../groupSide';
import { changeGroupsOfViewer, changeViewersOfGroups } from '../../membership';
import { findViewer } from '../../viewers';
import type { NewGroups } from './applyGroups';
import { fingerprintOf, type Change } from '../change';
import { stringsIn, type Facts } from '../facts';
import { STALE, type Outcome, type Outcomes } from './outcomes';
import { addToList } from '../addToList';

type Direction = 'add' | 'remove';

/** A key for the group of a change: its ID, or its name if the plan creates it. */
export function groupKey({ after }: Change): string {
	return String(after?.groupId ?? `new ${nameKey(after?.groupName)}`);
}

/** True if membership is written to viewers, because these are fewer objects than groups. A tie also writes viewers. */
export function writesViewers(changes: Change[]): boolean {
	return new Set(changes.map(({ objectId }) => objectId)).size <= new Set(changes.map(groupKey)).size;
}

interface Membership {
	change: Change;
	viewerId: string;
	groupId: string;
}

function groupMemberships(
	memberships: Membership[],
	key: 'viewerId' | 'groupId',
	value: 'viewerId' | 'groupId',
): Map<string, string[]> {
	const map = new Map<string, string[]>();
	for (const membership of memberships) {
		addToList(map, membership[key], membership[value]);
	}
	return map;
}

type OutcomeOf = (membership: Membership) => Outcome;

/** Outcomes by ID, because searching a list for each of thousands of memberships would be slow. */
function outcomesIn({ done, unchanged, failed }: ChangeResult): Map<string, Outcome> {
	return new Map<string, Outcome>([
		...done.map((id): [string, Outcome] => [id, { result: 'done' }]),
		...unchanged.map((id): [string, Outcome] => [id, { result: 'unchanged' }]),
		...failed.map(({ id, reason }): [string, Outcome] => [
			id,
			{ result: reason === STALE ? 'stale' : 'failed', reason },
		]),
	]);
}

const NOT_STARTED: Outcome = { result: 'failed', reason: 'Not started' };

function allFailed(ids: string[], error: unknown): ChangeResult {
	if (error instanceof Cancelled) throw asError(error);
	const { message } = asError(error);
	const advice = mayHaveArrived(error) ? error.facts.advice : undefined;
	const reason = [message, advice].filter(Boolean).join('. ');
	return { done: [], unchanged: [], failed: ids.map((id) => ({ id, reason })) };
}

/** The access that a group grants to its members, sorted. */
function groupAccess(componentIds: string[], metricIds: string[]): Facts {
	return { componentIds: [...componentIds].sort(), metricIds: [...metricIds].sort() };
}

/** Rejects a group whose components or metrics changed, because it would grant access that was not approved. */
async function judgeOf(memberships: Membership[], breather: Breather): Promise<Judge> {
	const planned = new Map<string, string>();
	for (const { change, viewerId, groupId } of memberships) {
		await breather.breathe();
		planned.set(
			`${groupId} ${viewerId}`,
			fingerprintOf(groupAccess(stringsIn(change.before, 'componentIds'), stringsIn(change.before, 'metricIds'))),
		);
	}
	// A group is compared with each of thousands of viewers.
	const current = new WeakMap<ViewerGroup, string>();
	const currentOf = (group: ViewerGroup) => {
		const known = current.get(group) ?? fingerprintOf(groupAccess(group.component_ids, group.metric_ids));
		current.set(group, known);
		return known;
	};
	return (group, viewerId) => (planned.get(`${group.id} ${viewerId}`) === currentOf(group) ? undefined : STALE);
}

interface MembershipRun {
	api: StatuspageApi;
	pageId: string;
	newGroups: NewGroups;
	outcomes: Outcomes;
	concurrency: number;
}

/** Adds viewers to groups or removes them, with one write per group or one per viewer, whichever is fewer. */
export async function changeMemberships(run: MembershipRun, changes: Change[], direction: Direction): Promise<void> {
	const memberships = await resolveMemberships(run, changes);
	if (memberships.length === 0) return;
	const breather = new Breather(run.api.connection.clock);
	const judge = direction === 'add' ? await judgeOf(memberships, breather) : undefined;
	const outcomeOf = writesViewers(changes)
		? await writeToViewers(run, memberships, direction, judge)
		: await writeToGroups(run, memberships, direction, judge);
	for (const membership of memberships) {
		await breather.breathe();
		const { change, viewerId } = membership;
		const outcome = outcomeOf(membership);
		if (outcome.result === 'failed')
			await run.outcomes.attempt(
				change,
				async () => await retryByEmail(run, membership, direction, { outcome, judge }),
			);
		else run.outcomes.set(change, { ...outcome, objectId: viewerId });
	}
}

/** Resolves the group IDs of the changes. A change whose group does not exist gets its outcome here. */
async function resolveMemberships({ newGroups, outcomes }: MembershipRun, changes: Change[]): Promise<Membership[]> {
	const memberships: Membership[] = [];
	for (const change of changes) {
		const about = { change, viewerId: String(change.objectId) };
		if (change.after?.groupId) memberships.push({ ...about, groupId: String(change.after.groupId) });
		else {
			await outcomes.settle(change, async () => {
				const found = await newGroups.idOf(String(change.after?.groupName));
				if ('outcome' in found) return found.outcome;
				memberships.push({ ...about, groupId: found.id });
				return undefined;
			});
		}
	}
	return memberships;
}

async function writeToViewers(
	{ api, pageId, concurrency }: MembershipRun,
	memberships: Membership[],
	direction: Direction,
	judge?: Judge,
): Promise<OutcomeOf> {
	const results = new Map<string, Map<string, Outcome>>();
	await mapConcurrently(
		[...groupMemberships(memberships, 'viewerId', 'groupId')],
		{ concurrency, clock: api.connection.clock },
		async ([viewerId, groupIds]) => {
			try {
				results.set(
					viewerId,
					outcomesIn(await changeGroupsOfViewer(api, pageId, viewerId, groupIds, direction, judge)),
				);
			} catch (error) {
				results.set(viewerId, outcomesIn(allFailed(groupIds, error)));
			}
		},
	);
	return ({ viewerId, groupId }) => results.get(viewerId)?.get(groupId) ?? NOT_STARTED;
}

async function writeToGroups(
	{ api, pageId }: MembershipRun,
	memberships: Membership[],
	direction: Direction,
	judge?: Judge,
): Promise<OutcomeOf> {
	const byGroup = groupMemberships(memberships, 'groupId', 'viewerId');
	let results: Map<string, ChangeResult>;
	try {
		results = await changeViewersOfGroups(api, pageId, byGroup, direction, judge);
	} catch (error) {
		results = new Map([...byGroup].map(([groupId, viewerIds]) => [groupId, allFailed(viewerIds, error)]));
	}
	const outcomes = new Map([...results].map(([groupId, result]) => [groupId, outcomesIn(result)]));
	return ({ viewerId, groupId }) => outcomes.get(groupId)?.get(viewerId) ?? NOT_STARTED;
}

/** Retries with the viewer that has this email, because a viewer that was created again has a new ID. */
async function retryByEmail(
	{ api, pageId }: MembershipRun,
	{ change, viewerId, groupId }: Membership,
	direction: Direction,
	{ outcome, judge }: { outcome: Outcome; judge?: Judge },
): Promise<Outcome> {
	if (!change.email.includes('@')) return outcome;
	let viewer: Viewer | undefined;
	try {
		viewer = await findViewer(api, pageId, change.email);
	} catch (error) {
		if (!(error instanceof Failure)) throw asError(error);
		// The reason of the first try may say that the change was made.
		return { ...outcome, reason: `${outcome.reason}. The viewer could not be looked up by email: ${error.message}` };
	}
	if (viewer?.id === viewerId) return outcome;
	if (!viewer)
		return direction === 'remove'
			? { result: 'unchanged', reason: 'The viewer was already deleted' }
			: { ...outcome, reason: 'The viewer no longer exists. It was not found by ID or email' };
	const judgedAs: Judge | undefined = judge && ((group) => judge(group, viewerId));
	return {
		...(outcomesIn(await changeGroupsOfViewer(api, pageId, viewer.id, [groupId], direction, judgedAs)).get(groupId) ??
			NOT_STARTED),
		objectId: viewer.id,
	};
}
