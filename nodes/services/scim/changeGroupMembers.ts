import { sameReason, type Change, type ChangeResult } from '../../shared/client/changes';
import { writeInHalves } from '../../shared/client/writeInHalves';
import { withLocks } from '../../shared/client/locks';
import { mapConcurrently } from '../../shared/http/concurrently';
import { Cancelled, asError, unlessMissing } from '../../shared/http/failures';
import type { ScimApi } from './scimApi';
import { groupKind, isDirectoryId } from './kinds';
import { patchBody, type PatchOperation } from './patch';
import type { Group } from './directoryObjects';

/** Most members per PATCH. Atlassian documents no limit, so this is the size of a page. */
const BATCH_SIZE = 100;

/**
 * A removal has one path per member. The alternative, the path `members` with the IDs as value, would remove all members in a service
 * that ignores the value (RFC 7644, 3.5.2.2).
 */
function operationsFor(ids: string[], change: Change): PatchOperation[] {
	if (change === 'add') return [{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }];
	return ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` }));
}

function batches(ids: string[]): string[][] {
	return Array.from({ length: Math.ceil(ids.length / BATCH_SIZE) }, (_, index) =>
		ids.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
	);
}

/** UUIDs are not case-sensitive. */
const idKey = (id: string) => (isDirectoryId(id) ? id.toLowerCase() : id);

/** IDs of a group's members by `idKey`; undefined if the answer contains no `members`, which a service may leave out for an empty group. */
type Members = Map<string, string> | undefined;

function membersIn({ members }: Group): Members {
	return members ? new Map(members.map(({ value }) => [idKey(value), value])) : undefined;
}

/** Reads and changes the members of one group. */
class Membership {
	constructor(
		private readonly api: ScimApi,
		private readonly groupId: string,
		private readonly change: Change,
	) {}

	async read(): Promise<Members> {
		return membersIn(await this.api.call('getGroup', { groupId: this.groupId }));
	}

	/** True if the ID was added or removed as requested. Members that an answer leaves out count as none. */
	isDone(members: Members, id: string): boolean {
		return (members?.has(idKey(id)) ?? false) === (this.change === 'add');
	}

	/** Sends one request. Returns the IDs that are unchanged although the service accepted the request. */
	async write(ids: string[]): Promise<ChangeResult['failed']> {
		const answer = await this.api.call(
			'updateGroup',
			{ groupId: this.groupId },
			{ body: patchBody(operationsFor(ids, this.change)) },
		);
		const members = (answer && membersIn(answer)) ?? (await this.read());
		const reason = `Atlassian reported success but ${this.change === 'add' ? "didn't add the user" : "didn't remove the user"}`;
		return ids.filter((id) => !this.isDone(members, id)).map((id) => ({ id, reason }));
	}
}

/** Writes batch by batch. Returns the failed IDs, and the error that stopped the batches if it concerns no single ID. */
async function writeBatches(
	membership: Membership,
	ids: string[],
): Promise<{ failed: ChangeResult['failed']; error?: Error }> {
	const failed: ChangeResult['failed'] = [];
	let written = 0;
	for (const batch of batches(ids)) {
		try {
			const result = await writeInHalves(batch, async (part) => await membership.write(part));
			failed.push(...result.failed);
			if (result.isHopeless) {
				const [sample] = result.failed;
				return { failed: [...failed, ...ids.slice(written + batch.length).map((id) => sameReason(sample, id))] };
			}
		} catch (error) {
			if (error instanceof Cancelled) throw asError(error);
			const { message: reason } = asError(error);
			return { failed: [...failed, ...ids.slice(written).map((id) => ({ id, reason }))], error: asError(error) };
		}
		written += batch.length;
	}
	return { failed };
}

const NO_USER = 'no user in the directory has this ID. If it is an Atlassian account ID, use the email instead';

/** IDs of no user, among IDs that are not members. IDs in the directory's format are accepted: the user may have been deleted. */
async function unknownAmong(api: ScimApi, ids: string[], concurrency: number): Promise<ChangeResult['failed']> {
	const found = await mapConcurrently(
		ids.filter((id) => !isDirectoryId(id)),
		{ concurrency, clock: api.connection.clock },
		async (userId) => ({ userId, user: await unlessMissing(api.call('getUser', { userId })) }),
	);
	return found.flatMap(({ userId, user }) => (user ? [] : [{ id: userId, reason: NO_USER }]));
}

/**
 * Adds users to a group or removes them, with one read and one write per 100 users. Users that fail are returned with the reason, and
 * all others are changed. The group is read again if any user seems to have failed, because an answer may have been lost.
 *
 * @param concurrency number of users that are looked up at the same time
 * @throws Failure if an error that concerns no single user stopped the change before any user was changed
 */
export async function changeGroupMembers(
	api: ScimApi,
	groupId: string,
	userIds: string[],
	change: Change,
	concurrency: number,
): Promise<ChangeResult> {
	const membership = new Membership(api, groupId, change);
	const ids = [...new Set(userIds)];
	return await withLocks(
		{ exclusive: [groupKind.lockName(api.connection.baseUrl, groupId)] },
		api.connection.signal,
		async () => {
			const members = await membership.read();
			// Without `members` in the answer, the current members are unknown, so the write is sent.
			const isUnchanged = (id: string) => (members ? membership.isDone(members, id) : false);
			const [unchanged, toChange] = [ids.filter(isUnchanged), ids.filter((id) => !isUnchanged(id))];
			const unknown = change === 'remove' ? await unknownAmong(api, unchanged, concurrency) : [];
			const { failed: candidates, error } = await writeBatches(
				membership,
				toChange.map((id) => members?.get(idKey(id)) ?? idKey(id)),
			);
			const after = candidates.length > 0 ? await membership.read() : undefined;
			// An answer without `members` is no evidence that a rejected write took effect.
			const failed = candidates.filter(({ id }) => !after || !membership.isDone(after, id));
			if (error && failed.length === toChange.length) throw error;
			const reasons = new Map(failed.map(({ id, reason }) => [idKey(id), reason]));
			const unknownIds = new Set(unknown.map(({ id }) => id));
			return {
				done: toChange.filter((id) => !reasons.has(idKey(id))),
				unchanged: unchanged.filter((id) => !unknownIds.has(id)),
				failed: [
					...toChange.flatMap((id) =>
						reasons.has(idKey(id)) ? [{ id, reason: reasons.get(idKey(id)) as string }] : [],
					),
					...unknown,
				],
			};
		},
	);
}
