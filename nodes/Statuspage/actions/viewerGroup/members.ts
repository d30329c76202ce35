import type { IDataObject } from 'n8n-workflow';
import { requireAll, type Change } from '../../api/changes';
import { changeViewersOfGroup } from '../../api/membership';
import { pageId } from '../fields/page';
import { unknownViewers, viewers } from '../fields/viewer';
import { viewerGroupId } from '../fields/viewerGroup';
import type { Input } from '../input';
import { remarkOnGroups, remarkOnSingleSignOn } from '../singleSignOn';

/** Add Viewers and Remove Viewers. The result speaks of viewers as they were asked for: by ID or e-mail. */
export async function changeViewers(input: Input, change: Change): Promise<IDataObject> {
	const entries = input.requiredIds('viewerIds');
	const page = await pageId(input);
	const group = await viewerGroupId(input, page);
	const { ids, unknown, asked } = await viewers(input, page, entries);
	const { group: read, ...result } = ids.length > 0
		? await changeViewersOfGroup(input.api, page, group, ids, change)
		: { done: [], unchanged: [], failed: [], group: undefined };
	const asAsked = (id: string) => asked.get(id) ?? id;
	const done = result.done.map(asAsked);
	const unchanged = result.unchanged.map(asAsked);
	const failed = [...result.failed.map(({ id, reason }) => ({ id: asAsked(id), reason })), ...unknownViewers(unknown)];
	if (read) remarkOnSingleSignOn(input, [read]);
	else await remarkOnGroups(input, page, [group]);
	requireAll({ done, unchanged, failed }, change, `viewer group ${group}`);
	return {
		viewerGroupId: group,
		...(change === 'add' ? { added: done, alreadyThere: unchanged } : { removed: done, notThere: unchanged }),
	};
}
