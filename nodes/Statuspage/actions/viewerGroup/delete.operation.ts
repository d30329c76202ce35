import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { dryRunOption, ignoreIfMissingOption } from '../../../shared/fields/options';
import { viewerOptionsField } from '../audienceCheck';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';

export const deleteViewerGroup: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete viewer group',
	description: 'Delete a viewer group permanently, including the access it grants',
	effects:
		"This can't be undone. Its viewers stay on the page, but lose access that came only from this group. A viewer group created again gets a new ID. No notification is sent.",
	warning: 'Deletes the viewer group permanently. Its viewers lose the access it grants.',
	isReadOnly: false,
	uses: ['deleteViewerGroup'],
	fields: [page.locator, viewerGroup.locator, viewerOptionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await deleted(input, {
			noun: 'viewer group',
			find: async () => await input.idOf(viewerGroup, { pageId }),
			read: async (viewerGroupId) => await input.api.call('getViewerGroup', { pageId, viewerGroupId }),
			remove: async (viewerGroupId) => await input.api.remove('deleteViewerGroup', { pageId, viewerGroupId }),
			place: { pageId },
		});
	},
};
