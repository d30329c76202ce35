import { viewerOptionsField } from '../fields/audience';
import { pageField, pageId } from '../fields/page';
import { audienceNotice } from '../fields/viewer';
import { viewerGroupField, viewerGroupId } from '../fields/viewerGroup';
import { badInput } from '../input';
import type { Operation } from '../operation';
import { externalIdentifier, nameField, viewerGroupBody } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update viewer group',
	description: 'Rename a group, or change the group at the identity provider that it stands for. Viewers and components have operations of their own. Nobody is notified.',
	uses: ['updateViewerGroup', 'listViewerGroups'],
	fields: [
		audienceNotice,
		pageField,
		viewerGroupField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [externalIdentifier, { ...nameField, required: undefined, description: 'The new name' }],
		},
		viewerOptionsField(),
	],
	async execute(input) {
		const body = viewerGroupBody(input.collection('updateFields'));
		if (Object.keys(body).length === 0) throw badInput('updateFields', 'holds no field: there is nothing to change');
		if ('name' in body && String(body.name).trim() === '') throw badInput('name', 'is empty');
		const page = await pageId(input);
		return await input.api.call('updateViewerGroup', { pageId: page, viewerGroupId: await viewerGroupId(input, page) }, { body });
	},
};
