import { deleted } from '../deletion';
import { viewerOptionsField } from '../fields/audience';
import { ignoreIfMissingOption } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { audienceNotice } from '../fields/viewer';
import { viewerGroupField, viewerGroupId } from '../fields/viewerGroup';
import type { Operation } from '../operation';

export const deleteViewerGroup: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete viewer group, its viewers lose what it let them see, cannot be undone',
	description: 'Delete a group. Its viewers stay, but lose what the group let them see. Cannot be undone: a group created again gets a new ID. Nobody is notified.',
	uses: ['deleteViewerGroup', 'listViewerGroups', 'getPage'],
	fields: [audienceNotice, pageField, viewerGroupField, viewerOptionsField(ignoreIfMissingOption)],
	async execute(input) {
		const page = await pageId(input);
		return await deleted(input, page, async () => await viewerGroupId(input, page), async (id) =>
			await input.api.call('deleteViewerGroup', { pageId: page, viewerGroupId: id }),
		);
	},
};
