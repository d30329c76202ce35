import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import { emptyClearsOption } from '../../../shared/fields/options';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { externalIdentifier, nameField, viewerGroupBody } from './viewerGroupFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update viewer group',
	description:
		'Rename a group, or change the group at the identity provider that it stands for. Viewers and components have operations of their own. Nobody is notified.',
	isReadOnly: false,
	uses: ['updateViewerGroup'],
	fields: [
		audienceNotice,
		page.locator,
		viewerGroup.locator,
		updateFieldsField(
			[externalIdentifier, { ...nameField, required: undefined, whenEmpty: 'rejected', description: 'The new name' }],
			{ whenEmpty: 'clears' },
		),
		viewerOptionsField(emptyClearsOption),
	],
	runs: 'perItem',
	async execute(input) {
		const body = viewerGroupBody(input.values.collection('updateFields'));
		if (Object.keys(body).length === 0)
			throw input.invalid('updateFields', 'has no fields: there is nothing to change');
		const pageId = await input.pageId();
		return await input.api.call(
			'updateViewerGroup',
			{ pageId, viewerGroupId: await input.idOf(viewerGroup, { pageId }) },
			{ body },
		);
	},
};
