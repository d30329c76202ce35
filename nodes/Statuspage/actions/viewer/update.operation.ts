import type { IDataObject } from 'n8n-workflow';
import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { changeViewer, type GroupsMode } from '../../../services/statuspage/viewerChange';
import { emptyClearsOption } from '../../../shared/fields/options';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import { emailOfLocator } from '../emailOfLocator';
import type { StatuspageOperation } from '../statuspageOperation';
import { identifyViewer, viewerId } from '../itemViewer';
import { groupsTogether } from './groupsTogether';
import { changedViewerFields, groupsMode, groupsModeOption, viewerBody } from './viewerFields';

interface Wanted {
	pageId: string;
	groupIds: string[];
	mode: GroupsMode;
	/** Named as in the API. */
	fields: IDataObject;
}

async function wantedOf(input: StatuspageInput): Promise<Wanted> {
	const values = input.values.collection('updateFields');
	if (values.names.length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
	const pageId = await input.pageId();
	const mode = groupsMode(input);
	const groupIds = await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', {
		values,
		allowUnknownIds: mode === 'remove',
	});
	return { pageId, groupIds, mode, fields: viewerBody(values) };
}

/** For the output: the original text of an email that had to be cleaned. */
function givenEmail(input: StatuspageInput): IDataObject {
	const values = input.values.collection('updateFields');
	const { emailGiven } = { ...emailOfLocator(input, viewer), ...(values.has('email') ? values.email('email') : {}) };
	return emailGiven === undefined ? {} : { emailGiven };
}

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update viewer',
	description: 'Update a viewer',
	effects:
		"Only the fields you add are changed. Viewer groups are added to the current ones unless you change 'Groups Mode'. To undo, you need the previous values. No notification is sent.",
	isReadOnly: false,
	uses: ['updateViewer', 'getViewer', 'getViewerGroup', 'updateViewerGroup'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		changedViewerFields,
		viewerOptionsField(emptyClearsOption, groupsModeOption),
	],
	runs: 'perItem',
	together: groupsTogether('updateFields', async (input) => {
		const { pageId, groupIds, mode, fields } = await wantedOf(input);
		const isGroupsOnly = groupIds.length > 0 && Object.keys(fields).length === 0 && mode !== 'replace';
		// The viewer is read again, because an earlier item may have changed it after it was looked up by email.
		const { viewerId: id } = await identifyViewer(input, pageId);
		return {
			viewerId: id,
			pageId,
			groupIds,
			change: isGroupsOnly ? mode : undefined,
			isNeeded: true,
			finish: async ({ viewer: changed }) => ({ ...changed, ...givenEmail(input) }),
		};
	}),
	async execute(input) {
		const { pageId, groupIds, mode, fields } = await wantedOf(input);
		const id = await viewerId(input, pageId);
		const given = givenEmail(input);
		if (groupIds.length === 0)
			return { ...(await input.api.call('updateViewer', { pageId, viewerId: id }, { body: fields })), ...given };
		const changed = await changeViewer(input.api, pageId, id, { fields, groups: { ids: groupIds, mode } });
		return { ...changed.viewer, ...given };
	},
};
