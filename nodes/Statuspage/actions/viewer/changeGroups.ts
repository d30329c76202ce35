import type { IDataObject } from 'n8n-workflow';
import { changeGroupsOfViewer } from '../../../services/statuspage/membership';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { throwIfAnyFailed, type Change } from '../../../shared/client/changes';
import type { StatuspageInput } from '../statuspageInput';
import { remarkOnGroups } from '../singleSignOn';
import { emailFields, viewerId } from '../itemViewer';

/** Add to Groups and Remove From Groups. */
export async function changeGroups(input: StatuspageInput, change: Change): Promise<IDataObject> {
	const pageId = await input.pageId();
	const groupIds = await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', {
		allowUnknownIds: change === 'remove',
	});
	const id = await viewerId(input, pageId);
	const { viewer, ...result } = await changeGroupsOfViewer(input.api, pageId, id, groupIds, change);
	await remarkOnGroups(input, pageId, groupIds);
	throwIfAnyFailed(result, change, `the groups of viewer ${id}`);
	const { emailGiven } = emailFields(input);
	const row = { ...viewer, ...(emailGiven === undefined ? {} : { emailGiven }) };
	return change === 'add'
		? { ...row, added: result.done, alreadyThere: result.unchanged }
		: { ...row, removed: result.done, notThere: result.unchanged };
}
