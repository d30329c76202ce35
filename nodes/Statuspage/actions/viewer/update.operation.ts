import type { Viewer } from '../../api/rows';
import { changeViewer } from '../../api/viewerChange';
import { viewerOptionsField } from '../fields/audience';
import { pageField, pageId } from '../fields/page';
import { audienceNotice, viewerField, viewerId } from '../fields/viewer';
import { badInput } from '../input';
import type { Operation } from '../operation';
import { changedViewerFields, groupIdsIn, groupsMode, groupsModeOption, viewerBody } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update viewer',
	description: 'Change a viewer. Fields that are not added stay as they are; groups are added unless Groups Mode says otherwise.',
	uses: ['updateViewer', 'getViewer', 'listViewers'],
	fields: [
		audienceNotice,
		pageField,
		viewerField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: changedViewerFields,
		},
		viewerOptionsField(groupsModeOption),
	],
	async execute(input) {
		const collection = input.collection('updateFields');
		const fields = viewerBody(collection);
		const groupIds = groupIdsIn(collection);
		if (Object.keys(fields).length === 0 && !groupIds) throw badInput('updateFields', 'holds no field: there is nothing to change');
		if (groupIds?.length === 0) {
			throw badInput('viewerGroupIds', 'is empty', "Nothing was sent: an empty list never means all. To take groups away, name them with 'Remove From Groups'");
		}
		const page = await pageId(input);
		const viewer = await viewerId(input, page);
		if (!groupIds) return await input.api.call<'updateViewer', Viewer>('updateViewer', { pageId: page, viewerId: viewer }, { body: fields });
		const changed = await changeViewer(input.api, page, viewer, { fields, groups: { ids: groupIds, mode: groupsMode(input) } });
		return changed.viewer;
	},
};
