import { idsIn, requireAll, shareOut, type Change, type ChangeResult } from '../../../shared/api/changes';
import { changeViewersOfGroup } from '../../api/membership';
import { pageId } from '../fields/page';
import { UNKNOWN_VIEWER, viewers, viewersIn } from '../fields/viewer';
import { viewerGroupId } from '../fields/viewerGroup';
import { remarkOnGroups, remarkOnSingleSignOn } from '../singleSignOn';
import { endedWith, type SharedWork } from '../../../shared/actions/together';
import type { Input } from '../input';

interface Group {
	page: string;
	group: string;
}

const NOTHING: ChangeResult = { done: [], unchanged: [], failed: [] };

/** Add Viewers and Remove Viewers: one read and one write a group. Results speak of viewers as they were asked for, by ID or e-mail. */
export function changeViewers(change: Change): SharedWork<Input, Group, string[]> {
	return {
		async ask(input) {
			const wish = viewersIn(input);
			const page = await pageId(input);
			const group = await viewerGroupId(input, page);
			return { key: `${page} ${group}`, target: { page, group }, wish };
		},
		async work(input, { page, group }, lists) {
			const { api } = input;
			const wishes = await viewers(api, page, lists);
			const ids = idsIn(wishes);
			const { group: read, ...result } = ids.length > 0 ? await changeViewersOfGroup(api, page, group, ids, change) : { ...NOTHING, group: undefined };
			if (read) remarkOnSingleSignOn(input, [read]);
			else await remarkOnGroups(input, page, [group]);
			return shareOut(result, wishes, UNKNOWN_VIEWER).map((part) =>
				endedWith(() => {
					requireAll(part, change, `viewer group ${group}`);
					const { done, unchanged } = part;
					return { viewerGroupId: group, ...(change === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged }) };
				}),
			);
		},
	};
}
