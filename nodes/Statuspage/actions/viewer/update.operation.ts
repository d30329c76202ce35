import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { changeViewer } from '../../../services/statuspage/viewerChange';
import { emptyClearsOption } from '../../../shared/fields/options';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { namedByEmail, viewerId } from '../itemViewer';
import { changedViewerFields, groupsMode, groupsModeOption, viewerBody } from './viewerFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update viewer',
	description:
		'Change a viewer. Fields that are not added stay as they are; groups are added unless Groups Mode says otherwise.',
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
		if (values.names.length === 0) throw input.invalid('updateFields', 'has no fields: there is nothing to change');
		const pageId = await input.pageId();
		const groupIds = await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', {
			values,
			allowUnknownIds: groupsMode(input) === 'remove',
		});
		const id = await viewerId(input, pageId);
		const fields = viewerBody(values);
		const { emailGiven } = { ...namedByEmail(input), ...(values.has('email') ? values.email('email') : {}) };
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
