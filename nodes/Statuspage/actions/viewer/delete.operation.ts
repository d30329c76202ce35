import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { ignoreIfMissingOption } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { namedByEmail, requireNoLogin, viewerId } from '../itemViewer';

export const deleteViewer: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete viewer with all access to page, cannot be undone',
	description:
		'Take a person off the page, with groups and components. Cannot be undone: a viewer created again gets a new ID. Nobody is notified.',
	isReadOnly: false,
	uses: ['deleteViewer'],
	fields: [audienceNotice, page.locator, viewer.locator, viewerOptionsField(ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const result = await deleted(input, {
			find: async () => await viewerId(input, pageId),
			remove: async (id) => await input.api.remove('deleteViewer', { pageId, viewerId: id }),
			place: { pageId },
			rejectOtherIdentifier: async (id) => await requireNoLogin(input, pageId, id),
		});
		return { ...result, ...namedByEmail(input) };
	},
};
