import type { IDataObject } from 'n8n-workflow';
import { requireAll, type Change } from '../../../shared/api/changes';
import { changeGroupsOfViewer } from '../../api/membership';
import { pageId } from '../fields/page';
import { viewerId } from '../fields/viewer';
import type { Input } from '../input';
import { remarkOnGroups } from '../singleSignOn';

/** Add to Groups and Remove From Groups. */
export async function changeGroups(input: Input, change: Change): Promise<IDataObject> {
	const groupIds = input.requiredIds('viewerGroupIds');
	const page = await pageId(input);
	const id = await viewerId(input, page);
	const { viewer, ...result } = await changeGroupsOfViewer(input.api, page, id, groupIds, change);
	await remarkOnGroups(input, page, groupIds);
	requireAll(result, change, `the groups of viewer ${id}`);
	return change === 'add'
		? { ...viewer, added: result.done, alreadyThere: result.unchanged }
		: { ...viewer, removed: result.done, notThere: result.unchanged };
}
