import { Cancelled, passOn } from '../../../shared/http/failures';
import type { ChangeResult } from '../../../shared/client/changes';
import { nameKey } from '../../../shared/client/matching';
import type { StatuspageApi } from '../client';
import { changeGroupsOfViewer, changeViewersOfGroups } from '../membership';
import { findViewer } from '../viewers';
import type { GroupIds } from './applyViewers';
import type { Change } from './change';
import type { Outcome, Outcomes } from './outcomes';

type Direction = 'add' | 'remove';

/** The group of a change, by ID, or by name where it is to be created. */
export function groupKey({ after }: Change): string {
	return String(after?.groupId ?? `new ${nameKey(after?.groupName)}`);
}

/** Membership is written on the side with fewer records; on a tie the viewer's. */
export function writesViewers(changes: Change[]): boolean {
	return new Set(changes.map(({ objectId }) => objectId)).size <= new Set(changes.map(groupKey)).size;
}

interface Membership {
	change: Change;
	viewerId: string;
	groupId: string;
}

function grouped(memberships: Membership[], key: (membership: Membership) => string, value: (membership: Membership) => string): Map<string, string[]> {
	const map = new Map<string, string[]>();
	for (const membership of memberships) map.set(key(membership), [...(map.get(key(membership)) ?? []), value(membership)]);
	return map;
}

function outcomeIn({ done, failed }: ChangeResult, id: string): Outcome {
	const problem = failed.find((entry) => entry.id === id);
	if (problem) return { result: 'failed', reason: problem.reason };
	return { result: done.includes(id) ? 'done' : 'unchanged' };
}

function allFailed(ids: string[], error: unknown): ChangeResult {
	if (error instanceof Cancelled) throw passOn(error);
	const { message: reason } = passOn(error);
	return { done: [], unchanged: [], failed: ids.map((id) => ({ id, reason })) };
}

/** Puts people into groups, or takes them out: one write a group, or one a person where that is fewer. */
export async function changeMemberships(api: StatuspageApi, pageId: string, changes: Change[], direction: Direction, created: GroupIds, outcomes: Outcomes): Promise<void> {
	const memberships = changes.flatMap((change): Membership[] => {
		const groupId = change.after?.groupId ?? created.get(nameKey(change.after?.groupName));
		if (groupId) return [{ change, viewerId: String(change.objectId), groupId: String(groupId) }];
		outcomes.set(change, { result: 'failed', reason: `The viewer group ${String(change.after?.groupName)} could not be created` });
		return [];
	});
	if (memberships.length === 0) return;
	const outcomeOf = writesViewers(changes) ? await onViewers(api, pageId, memberships, direction) : await onGroups(api, pageId, memberships, direction);
	for (const membership of memberships) {
		const { change, viewerId } = membership;
		const outcome = outcomeOf(membership);
		if (outcome.result === 'failed') await outcomes.attempt(change, async () => await retryByEmail(api, pageId, membership, direction, outcome));
		else outcomes.set(change, { ...outcome, objectId: viewerId });
	}
}

async function onViewers(api: StatuspageApi, pageId: string, memberships: Membership[], direction: Direction): Promise<(membership: Membership) => Outcome> {
	const results = new Map<string, ChangeResult>();
	const byViewer = grouped(memberships, ({ viewerId }) => viewerId, ({ groupId }) => groupId);
	await Promise.all(
		[...byViewer].map(async ([viewerId, groupIds]) => {
			try {
				results.set(viewerId, await changeGroupsOfViewer(api, pageId, viewerId, groupIds, direction));
			} catch (error) {
				results.set(viewerId, allFailed(groupIds, error));
			}
		}),
	);
	return ({ viewerId, groupId }) => outcomeIn(results.get(viewerId) as ChangeResult, groupId);
}

async function onGroups(api: StatuspageApi, pageId: string, memberships: Membership[], direction: Direction): Promise<(membership: Membership) => Outcome> {
	const byGroup = grouped(memberships, ({ groupId }) => groupId, ({ viewerId }) => viewerId);
	let results: Map<string, ChangeResult>;
	try {
		results = await changeViewersOfGroups(api, pageId, byGroup, direction);
	} catch (error) {
		results = new Map([...byGroup].map(([groupId, viewerIds]) => [groupId, allFailed(viewerIds, error)]));
	}
	return ({ viewerId, groupId }) => outcomeIn(results.get(groupId) as ChangeResult, viewerId);
}

/** A viewer that was deleted and made again has the same address and another ID. */
async function retryByEmail(api: StatuspageApi, pageId: string, { change, viewerId, groupId }: Membership, direction: Direction, outcome: Outcome): Promise<Outcome> {
	if (!change.email.includes('@')) return outcome;
	const viewer = await findViewer(api, pageId, change.email);
	if (viewer?.id === viewerId) return outcome;
	if (!viewer) return direction === 'remove' ? { result: 'unchanged', reason: 'The viewer was gone already' } : { ...outcome, reason: 'There is no such viewer any more, neither by ID nor by e-mail' };
	return { ...outcomeIn(await changeGroupsOfViewer(api, pageId, viewer.id, [groupId], direction), groupId), objectId: viewer.id };
}
