import { sameReason, writeInHalves, type Change, type ChangeResult } from '../../shared/client/changes';
import { withLocks } from '../../shared/client/locks';
import { Cancelled, asError, unlessMissing } from '../../shared/http/failures';
import type { ScimApi } from './scimApi';
import { groupKind, isDirectoryId } from './kinds';
import { patchBody, type PatchOperation } from './patch';
import type { Group } from './directoryObjects';

/** How many members one PATCH changes at most: the only number that Atlassian names anywhere is 100 a page. */
const BATCH = 100;

/**
 * Removal names each member in its path. The other form, a path of `members` with the IDs as value, takes all members away from a
 * service that passes over the value (RFC 7644, 3.5.2.2).
 */
function operationsFor(ids: string[], change: Change): PatchOperation[] {
	if (change === 'add') return [{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }];
	return ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` }));
}

function batches(ids: string[]): string[][] {
	return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
		ids.slice(index * BATCH, (index + 1) * BATCH),
	);
}

/** A UUID in capitals can only mean the same one. */
const keyOf = (id: string) => (isDirectoryId(id) ? id.toLowerCase() : id);

/** A group's members by key, as far as an answer tells them: a service may leave out `members` where there are none. */
type Members = Map<string, string> | undefined;

function membersIn({ members }: Group): Members {
	return members ? new Map(members.map(({ value }) => [keyOf(value), value])) : undefined;
}

/** A group's members, and the changes of them. */
class Membership {
	constructor(
		private readonly api: ScimApi,
		private readonly groupId: string,
		private readonly change: Change,
	) {}

	async read(): Promise<Members> {
		return membersIn(await this.api.call('getGroup', { groupId: this.groupId }));
	}

	/** True for an ID that is as it should be. Members that are left out after a write are none. */
	isDone(members: Members, id: string): boolean {
		return (members?.has(keyOf(id)) ?? false) === (this.change === 'add');
	}

	/** One request; answers with those whom the service left as they were although it accepted the request. */
	async write(ids: string[]): Promise<ChangeResult['failed']> {
		const answer = await this.api.call(
			'updateGroup',
			{ groupId: this.groupId },
			{ body: patchBody(operationsFor(ids, this.change)) },
		);
		const members = (answer && membersIn(answer)) ?? (await this.read());
		const reason = `Atlassian accepted the request, but ${this.change === 'add' ? 'left it out' : 'kept it'}`;
		return ids.filter((id) => !this.isDone(members, id)).map((id) => ({ id, reason }));
	}
}

/** Batch by batch; answers with those who were not done. An error that says nothing about the rows ends it, and comes along. */
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

const NO_USER = 'the directory has no user with this ID. The ID of an Atlassian account is another one: use the email';

/** Of IDs that are no members: those that nobody has. One of the directory's own form was perhaps a user once. */
async function unknownAmong(api: ScimApi, ids: string[]): Promise<ChangeResult['failed']> {
	const failed: ChangeResult['failed'] = [];
	for (const userId of ids) {
		if (isDirectoryId(userId)) continue;
		if (!(await unlessMissing(api.call('getUser', { userId })))) failed.push({ id: userId, reason: NO_USER });
	}
	return failed;
}

/**
 * Adds users to a group, or removes them: one read, and one request for a hundred of them. Who cannot be done is named, and all
 * others are done. Whoever seems not to be done is looked for once more: an answer may have been lost, and a removal that is repeated
 * finds nothing to remove.
 *
 * @throws Failure when an error that says nothing about the members came before anybody was done
 */
export async function changeGroupMembers(
	api: ScimApi,
	groupId: string,
	userIds: string[],
	change: Change,
): Promise<ChangeResult> {
	const membership = new Membership(api, groupId, change);
	const ids = [...new Set(userIds)];
	return await withLocks(
		{ exclusive: [groupKind.lockName(api.connection.baseUrl, groupId)] },
		api.connection.signal,
		async () => {
			const members = await membership.read();
			// Members that the answer does not tell may be there: then a removal is sent.
			const isUnchanged = (id: string) => (members ? membership.isDone(members, id) : false);
			const [unchanged, asked] = [ids.filter(isUnchanged), ids.filter((id) => !isUnchanged(id))];
			const unknown = change === 'remove' ? await unknownAmong(api, unchanged) : [];
			const { failed: seeming, error } = await writeBatches(
				membership,
				asked.map((id) => members?.get(keyOf(id)) ?? keyOf(id)),
			);
			const after = seeming.length > 0 ? await membership.read() : undefined;
			// Members that this answer leaves out prove nothing about a write that was not accepted.
			const failed = seeming.filter(({ id }) => !after || !membership.isDone(after, id));
			if (error && failed.length === asked.length) throw error;
			const reasons = new Map(failed.map(({ id, reason }) => [keyOf(id), reason]));
			const unknownIds = new Set(unknown.map(({ id }) => id));
			return {
				done: asked.filter((id) => !reasons.has(keyOf(id))),
				unchanged: unchanged.filter((id) => !unknownIds.has(id)),
				failed: [
					...asked.flatMap((id) => (reasons.has(keyOf(id)) ? [{ id, reason: reasons.get(keyOf(id)) as string }] : [])),
					...unknown,
				],
			};
		},
	);
}
