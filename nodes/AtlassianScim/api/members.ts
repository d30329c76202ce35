import { writeInHalves, writeOrLookUp, type Change, type ChangeResult } from '../../shared/api/changes';
import { withLocks } from '../../shared/api/locks';
import { passOn } from '../../shared/transport/failures';
import type { ScimApi } from './client';
import { patchBody, patched, type PatchOperation } from './patch';
import type { Group } from './rows';

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
	return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) => ids.slice(index * BATCH, (index + 1) * BATCH));
}

/** A group's members, and the changes of them. */
class Membership {
	constructor(
		private readonly api: ScimApi,
		private readonly groupId: string,
		private readonly change: Change,
	) {}

	async read(): Promise<Set<string>> {
		return idsIn(await this.#group());
	}

	/** True for those who are as they should be. */
	asWanted(members: Set<string>): (id: string) => boolean {
		return (id) => members.has(id) === (this.change === 'add');
	}

	/** One request; answers with those whom the service left as they were although it accepted the request. */
	async write(ids: string[]): Promise<ChangeResult['failed']> {
		const members = await writeOrLookUp({
			write: async () => {
				const answer = await this.api.call('updateGroup', { groupId: this.groupId }, { body: patchBody(operationsFor(ids, this.change)) });
				return idsIn(await patched(answer, async () => await this.#group()));
			},
			read: async () => await this.read(),
			isDone: (now) => ids.every(this.asWanted(now)),
		});
		const isDone = this.asWanted(members);
		const reason = `Atlassian answered as if all went well, but ${this.change === 'add' ? 'left it out' : 'kept it'}`;
		return ids.filter((id) => !isDone(id)).map((id) => ({ id, reason }));
	}

	async #group(): Promise<Group> {
		return await this.api.call<'getGroup', Group>('getGroup', { groupId: this.groupId });
	}
}

function idsIn({ members = [] }: Group): Set<string> {
	return new Set(members.map(({ value }) => value));
}

/** Batch by batch. An error that says nothing about the rows ends it: those that are left have failed with it, unless it was the first. */
async function writeBatches(membership: Membership, ids: string[]): Promise<ChangeResult> {
	const result: ChangeResult = { done: [], unchanged: [], failed: [] };
	for (const batch of batches(ids)) {
		try {
			const { done, failed } = await writeInHalves(batch, async (part) => await membership.write(part));
			result.done.push(...done);
			result.failed.push(...failed);
		} catch (error) {
			const reason = passOn(error);
			if (result.done.length === 0 || reason.name === 'AbortError') throw reason;
			const settled = new Set([...result.done, ...result.failed.map(({ id }) => id)]);
			result.failed.push(...ids.filter((id) => !settled.has(id)).map((id) => ({ id, reason: reason.message })));
			break;
		}
	}
	return result;
}

/**
 * Puts users into a group, or takes them out: one read, and one request for a hundred of them. Who cannot be done is named, and all
 * others are done. Whoever was refused is looked for once more: a removal that was repeated finds nothing to remove.
 */
export async function changeMembers(api: ScimApi, groupId: string, userIds: string[], change: Change): Promise<ChangeResult> {
	const membership = new Membership(api, groupId, change);
	const ids = [...new Set(userIds)];
	return await withLocks({ exclusive: [`${api.connection.baseUrl} group ${groupId}`] }, api.connection.signal, async () => {
		const isThere = membership.asWanted(await membership.read());
		const unchanged = ids.filter(isThere);
		const result = await writeBatches(membership, ids.filter((id) => !isThere(id)));
		if (result.failed.length === 0) return { ...result, unchanged };
		const isDone = membership.asWanted(await membership.read());
		return {
			done: [...result.done, ...result.failed.flatMap(({ id }) => (isDone(id) ? id : []))],
			unchanged,
			failed: result.failed.filter(({ id }) => !isDone(id)),
		};
	});
}
