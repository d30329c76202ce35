import { changeViewersOfGroup } from '../../../services/statuspage/membership';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { idsIn, requireAll, shareOut, type Change, type ChangeResult } from '../../../shared/client/changes';
import type { Person } from '../../../shared/operations/entryList';
import { cleanedIn } from '../../../shared/operations/people';
import { endedWith, type SharedWork } from '../../../shared/operations/together';
import type { Input } from '../input';
import { remarkOnGroups, remarkOnSingleSignOn } from '../singleSignOn';
import { UNKNOWN_VIEWER, viewers } from '../viewerField';

interface Group {
	pageId: string;
	groupId: string;
}

const NOTHING: ChangeResult = { done: [], unchanged: [], failed: [] };

/** Add Viewers and Remove Viewers: one read and one write a group. Results speak of viewers as they were asked for, by ID or email. */
export function changeViewers(change: Change): SharedWork<Input, Group, Person[]> {
	return {
		async ask(input) {
			const wish = input.values.people('viewerIds');
			const pageId = await input.pageId();
			const groupId = await input.idOf(viewerGroup, { pageId });
			return { key: `${pageId} ${groupId}`, target: { pageId, groupId }, wish };
		},
		async work(input, { pageId, groupId }, lists) {
			const { api } = input;
			const wishes = await viewers(api, pageId, lists);
			const ids = idsIn(wishes);
			const { group: read, ...result } =
				ids.length > 0
					? await changeViewersOfGroup(api, pageId, groupId, ids, change)
					: { ...NOTHING, group: undefined };
			if (read) remarkOnSingleSignOn(input, [read]);
			else await remarkOnGroups(input, pageId, [groupId]);
			return shareOut(result, wishes, UNKNOWN_VIEWER).map((part, index) =>
				endedWith(() => {
					requireAll(part, change, `viewer group ${groupId}`);
					const { done, unchanged } = part;
					const changed =
						change === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged };
					return { viewerGroupId: groupId, ...changed, ...cleanedIn(lists[index]) };
				}),
			);
		},
	};
}
