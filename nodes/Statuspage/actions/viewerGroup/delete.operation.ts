import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { ignoreIfMissingOption } from '../../../shared/fields/options';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';

export const deleteViewerGroup: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete viewer group, its viewers lose what it let them see, cannot be undone',
	description:
		'Delete a group. Its viewers stay, but lose what the group let them see. Cannot be undone: a group created again gets a new ID. Nobody is notified.',
	isReadOnly: false,
	uses: ['deleteViewerGroup'],
	fields: [audienceNotice, page.locator, viewerGroup.locator, viewerOptionsField(ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await deleted(input, {
			find: async () => await input.idOf(viewerGroup, { pageId }),
			remove: async (viewerGroupId) => await input.api.remove('deleteViewerGroup', { pageId, viewerGroupId }),
			place: { pageId },
		});
	},
};
