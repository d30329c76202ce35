import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { changeViewer } from '../../../services/statuspage/viewerChange';
import { emptyClearsOption } from '../../../shared/fields/options';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { emailFields, viewerId } from '../itemViewer';
import { changedViewerFields, groupsMode, groupsModeOption, viewerBody } from './viewerFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update viewer',
	description: 'Update a viewer',
	effects:
		"Only the fields you add are changed. Viewer groups are added to the current ones unless you change 'Groups Mode'. To undo, you need the previous values. No notification is sent.",
	isReadOnly: false,
	uses: ['updateViewer', 'getViewer'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		changedViewerFields,
		viewerOptionsField(emptyClearsOption, groupsModeOption),
	],
	runs: 'perItem',
	async execute(input) {
		const values = input.values.collection('updateFields');
		if (values.names.length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		const pageId = await input.pageId();
		const groupIds = await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', {
			values,
			allowUnknownIds: groupsMode(input) === 'remove',
		});
		const id = await viewerId(input, pageId);
		const fields = viewerBody(values);
		const { emailGiven } = { ...emailFields(input), ...(values.has('email') ? values.email('email') : {}) };
		const given = emailGiven === undefined ? {} : { emailGiven };
		if (groupIds.length === 0)
			return { ...(await input.api.call('updateViewer', { pageId, viewerId: id }, { body: fields })), ...given };
		const changed = await changeViewer(input.api, pageId, id, {
			fields,
			groups: { ids: groupIds, mode: groupsMode(input) },
		});
		return { ...changed.viewer, ...given };
	},
};
