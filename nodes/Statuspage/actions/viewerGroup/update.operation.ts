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
	description: "Update a viewer group's name or external identifier",
	effects:
		'Use the other operations to change its viewers, components and metrics. To undo, you need the previous values. No notification is sent.',
	isReadOnly: false,
	uses: ['updateViewerGroup'],
	fields: [
		audienceNotice,
		page.locator,
		viewerGroup.locator,
		updateFieldsField(
			[
				externalIdentifier,
				{ ...nameField, required: undefined, whenEmpty: 'rejected', description: 'New name of the viewer group' },
			],
			{ whenEmpty: 'clears' },
		),
		viewerOptionsField(emptyClearsOption),
	],
	runs: 'perItem',
	async execute(input) {
		const body = viewerGroupBody(input.values.collection('updateFields'));
		if (Object.keys(body).length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		const pageId = await input.pageId();
		return await input.api.call(
			'updateViewerGroup',
			{ pageId, viewerGroupId: await input.idOf(viewerGroup, { pageId }) },
			{ body },
		);
	},
};
