import { writeInHalves, type Change, type ChangeResult } from '../../shared/api/changes';
import { withLocks } from '../../shared/api/locks';
import { Cancelled, passOn } from '../../shared/transport/failures';
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
		const answer = await this.api.call('updateGroup', { groupId: this.groupId }, { body: patchBody(operationsFor(ids, this.change)) });
		const isDone = this.asWanted(idsIn(await patched(answer, async () => await this.#group())));
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

/** Batch by batch; answers with those who were not done. An error that says nothing about the rows ends it, and comes along. */
async function writeBatches(membership: Membership, ids: string[]): Promise<{ failed: ChangeResult['failed']; error?: Error }> {
	const failed: ChangeResult['failed'] = [];
	let written = 0;
	for (const batch of batches(ids)) {
		try {
			failed.push(...(await writeInHalves(batch, async (part) => await membership.write(part))).failed);
		} catch (error) {
			if (error instanceof Cancelled) throw passOn(error);
			const { message: reason } = passOn(error);
			return { failed: [...failed, ...ids.slice(written).map((id) => ({ id, reason }))], error: passOn(error) };
		}
		written += batch.length;
	}
	return { failed };
}

/**
 * Puts users into a group, or takes them out: one read, and one request for a hundred of them. Who cannot be done is named, and all
 * others are done. Whoever seems not to be done is looked for once more: an answer may have been lost, and a removal that is repeated
 * finds nothing to remove.
 *
 * @throws Failure when an error that says nothing about the members came before anybody was done
 */
export async function changeMembers(api: ScimApi, groupId: string, userIds: string[], change: Change): Promise<ChangeResult> {
	const membership = new Membership(api, groupId, change);
	const ids = [...new Set(userIds)];
	return await withLocks({ exclusive: [`${api.connection.baseUrl} group ${groupId}`] }, api.connection.signal, async () => {
		const isThere = membership.asWanted(await membership.read());
		const [unchanged, asked] = [ids.filter(isThere), ids.filter((id) => !isThere(id))];
		const { failed: seeming, error } = await writeBatches(membership, asked);
		const isDone = seeming.length > 0 ? membership.asWanted(await membership.read()) : () => true;
		const failed = seeming.filter(({ id }) => !isDone(id));
		if (error && failed.length === asked.length) throw error;
		const failedIds = new Set(failed.map(({ id }) => id));
		return { done: asked.filter((id) => !failedIds.has(id)), unchanged, failed };
	});
}
