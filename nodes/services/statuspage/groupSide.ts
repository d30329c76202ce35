import { Failure } from '../../shared/http/failures';
import type { ChangeResult } from '../../shared/client/changes';
import type { StatuspageApi } from './statuspageApi';
import type { ViewerGroup } from './endpoints';
import { PAGE_SIZE } from './paging';
import { MayBeCut, type Side } from './sideChange';

export function mayBeCut(members: number): boolean {
	return members > 0 && members % PAGE_SIZE === 0;
}

/**
 * A group's viewers. A list of exactly N×100 may have been cut, and writing it back would throw the rest out: the list of viewers
 * names each one's groups, and is asked instead.
 */
export async function membersOf(api: StatuspageApi, pageId: string, group: ViewerGroup): Promise<string[]> {
	const listed = group.page_access_user_ids;
	if (!mayBeCut(listed.length)) return listed;
	const viewers = await api.list(
		'listViewers',
		{ pageId },
		{ isExact: true, keep: (viewer) => viewer.page_access_group_ids.includes(group.id) },
	);
	return [...new Set([...listed, ...viewers.map(({ id }) => id)])];
}

/** A group as it was when the viewers of the page were read, and all of its members. */
interface WholeList {
	listed: string;
	members: string[];
}

export interface GroupSide extends Side {
	pageId: string;
	group?: ViewerGroup;
	whole?: WholeList;
	/** How often members were looked for. */
	checks: number;
}

/** Changes of a list during its check, before it counts as one that does not hold still. */
const MOST_CHECKS = 3;

function neverStill(): Failure {
	return new Failure({
		kind: 'answer',
		message: `The list of members changed in each of ${MOST_CHECKS + 1} readings`,
		advice: 'Nothing was changed. Run it again',
	});
}

function listedIn({ page_access_user_ids }: ViewerGroup): string {
	return page_access_user_ids.join();
}

/** Why a viewer must not be written to a group as it is now; nothing when it may be. */
export type Judge = (group: ViewerGroup, viewerId: string) => string | undefined;

export function objectionsOf(
	judge: Judge | undefined,
	pairs: Array<{ group: ViewerGroup; viewerId: string; id: string }>,
): ChangeResult['failed'] {
	return pairs.flatMap(({ group, viewerId, id }) => {
		const reason = judge?.(group, viewerId);
		return reason === undefined ? [] : [{ id, reason }];
	});
}

/** The viewers of one group, as a list that is read and written as a whole. */
export function groupSide(api: StatuspageApi, pageId: string, viewerGroupId: string, judge?: Judge): GroupSide {
	const ids = { pageId, viewerGroupId };
	const side: GroupSide = {
		pageId,
		slots: 2,
		checks: 0,
		read: async (unit) => {
			side.group = await api.call('getViewerGroup', ids, { unit });
			return wholeMembers(api, side, side.group);
		},
		objections: async (viewerIds) =>
			objectionsOf(
				judge,
				viewerIds.map((id) => ({ group: side.group as ViewerGroup, viewerId: id, id })),
			),
		write: async (page_access_user_ids, unit) => {
			side.group = await api.call('updateViewerGroup', ids, { body: { page_access_user_ids }, unit });
			return await membersOf(api, pageId, side.group);
		},
	};
	return side;
}

/** The members of a group that was just read. Throws MayBeCut when they must be looked for first. */
function wholeMembers(api: StatuspageApi, side: GroupSide, group: ViewerGroup): string[] {
	if (!mayBeCut(group.page_access_user_ids.length)) return group.page_access_user_ids;
	if (side.whole?.listed === listedIn(group)) return side.whole.members;
	if (side.checks++ === MOST_CHECKS) throw neverStill();
	throw new MayBeCut(async () => {
		side.whole = { listed: listedIn(group), members: await membersOf(api, side.pageId, group) };
	});
}
