import { breatheAfter } from '../../shared/http/breatheAfter';
import { Failure } from '../../shared/http/failures';
import type { ChangeResult } from '../../shared/client/changes';
import type { StatuspageApi } from './statuspageApi';
import type { ViewerGroup } from './endpoints';
import { mayBeCut, membersOf } from './fullMembers';
import { readGroupAgain } from './groupReads';
import { lockName } from './lockName';
import type { CheckedSide } from './checkedChange';
import { MayBeCut } from './sideChange';

/** All members of a group, and the list that was in the group when they were read. */
interface FullList {
	listed: string;
	members: string[];
}

export interface GroupSide extends CheckedSide {
	pageId: string;
	group?: ViewerGroup;
	full?: FullList;
	/** How often the full list was read. */
	checks: number;
}

/** Reads of the full list before the group counts as changing too often. */
const MAX_CHECKS = 3;

function changesTooOften({ name }: ViewerGroup): Failure {
	return new Failure({
		kind: 'answer',
		message: `The viewers of viewer group "${name}" changed during each of ${MAX_CHECKS + 1} reads`,
		advice: 'Nothing was changed. Run it again',
	});
}

function listedIn({ page_access_user_ids }: ViewerGroup): string {
	return page_access_user_ids.join();
}

/** Returns the reason why a viewer must not be written to the current group; undefined if there is none. */
export type Judge = (group: ViewerGroup, viewerId: string) => string | undefined;

export function objectionsOf(
	judge: Judge,
	pairs: Array<{ group: ViewerGroup; viewerId: string; id: string }>,
): ChangeResult['failed'] {
	return pairs.flatMap(({ group, viewerId, id }) => {
		const reason = judge(group, viewerId);
		return reason === undefined ? [] : [{ id, reason }];
	});
}

/** The viewers of one group, as a list that is read and written in full. */
export function groupSide(api: StatuspageApi, pageId: string, viewerGroupId: string, judge?: Judge): GroupSide {
	const ids = { pageId, viewerGroupId };
	let sent: string[] = [];
	/** A list with all IDs that were sent is not truncated, so the full list is not needed. */
	const membersAfterWrite = async (group: ViewerGroup): Promise<string[]> => {
		await breatheAfter(sent.length, api.connection.clock);
		const listed = new Set(group.page_access_user_ids);
		return sent.every((id) => listed.has(id)) ? group.page_access_user_ids : await membersOf(api, pageId, group);
	};
	const side: GroupSide = {
		pageId,
		noun: 'viewer',
		slots: 2,
		checks: 0,
		id: viewerGroupId,
		lockName: lockName.group(api, pageId, viewerGroupId),
		otherLockName: lockName.viewers(api, pageId),
		read: async (unit) => {
			side.group = await api.call('getViewerGroup', ids, { unit });
			return allMembers(api, side, side.group);
		},
		objections: async (viewerIds) =>
			judge
				? objectionsOf(
						judge,
						viewerIds.map((id) => ({ group: side.group as ViewerGroup, viewerId: id, id })),
					)
				: [],
		write: async (page_access_user_ids, unit) => {
			sent = page_access_user_ids;
			side.group = await api.call('updateViewerGroup', ids, { body: { page_access_user_ids }, unit });
			return await membersAfterWrite(side.group);
		},
		readAgain: async (afterMs) => {
			const group = await readGroupAgain(api, pageId, viewerGroupId, afterMs);
			if (!group) return [];
			side.group = group;
			return await membersAfterWrite(group);
		},
	};
	return side;
}

/** All members of a group that was just read. Throws MayBeCut if they have to be read first. */
function allMembers(api: StatuspageApi, side: GroupSide, group: ViewerGroup): string[] {
	if (!mayBeCut(group.page_access_user_ids.length)) return group.page_access_user_ids;
	if (side.full?.listed === listedIn(group)) return side.full.members;
	if (side.checks++ === MAX_CHECKS) throw changesTooOften(group);
	throw new MayBeCut(async () => {
		side.full = { listed: listedIn(group), members: await membersOf(api, side.pageId, group) };
	});
}
