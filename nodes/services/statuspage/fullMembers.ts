import type { StatuspageApi } from './statuspageApi';
import type { ViewerGroup } from './endpoints';
import { PAGE_SIZE } from './paging';

/** True if the service may have truncated a list of members. */
export function mayBeCut(members: number): boolean {
	return members > 0 && members % PAGE_SIZE === 0;
}

type Groups = Map<string, string[]>;

/** A read of all viewers, with the groups of each. */
interface Reading {
	startedAt: number;
	groups: Promise<Groups>;
}

/** The viewers of all groups of a page, read once for several groups of a run. */
class AllMembers {
	#latest: Reading | undefined;

	constructor(
		private readonly api: StatuspageApi,
		private readonly pageId: string,
	) {}

	/**
	 * All members of a group.
	 *
	 * @param listed the members that the group itself lists
	 * @param seenAt when the group was read. An older reading only counts if it shows the same members: others may have been removed.
	 */
	async of(groupId: string, listed: string[], seenAt: number): Promise<string[]> {
		for (;;) {
			const reading = (this.#latest ??= this.#read());
			const members = (await reading.groups).get(groupId) ?? [];
			const all = [...new Set([...listed, ...members])];
			if (reading.startedAt >= seenAt || (all.length === listed.length && all.length === members.length)) return all;
			if (this.#latest === reading) this.#latest = undefined;
		}
	}

	#read(): Reading {
		const reading = { startedAt: this.api.connection.clock.now(), groups: this.#groups() };
		reading.groups.catch(() => {
			if (this.#latest === reading) this.#latest = undefined;
		});
		return reading;
	}

	async #groups(): Promise<Groups> {
		const groups: Groups = new Map();
		for (const viewer of await this.api.list('listViewers', { pageId: this.pageId }, { isExact: true })) {
			for (const groupId of viewer.page_access_group_ids) {
				const members = groups.get(groupId);
				if (members) members.push(viewer.id);
				else groups.set(groupId, [viewer.id]);
			}
		}
		return groups;
	}
}

/**
 * The IDs of a group's viewers. A list of exactly N×100 may be truncated, and writing it back would remove the other viewers. So the
 * list of all viewers, which contains the groups of each, is read as well.
 *
 * @param group as it was just read
 */
export async function membersOf(api: StatuspageApi, pageId: string, group: ViewerGroup): Promise<string[]> {
	const listed = group.page_access_user_ids;
	if (!mayBeCut(listed.length)) return listed;
	const seenAt = api.connection.clock.now();
	const all = await api.cache.read(`members of groups ${pageId}`, async () => new AllMembers(api, pageId));
	return await all.of(group.id, listed, seenAt);
}
