import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { dryRunOption, ignoreIfMissingOption } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import { viewerOptionsField } from '../audienceCheck';
import { emailOfLocator } from '../emailOfLocator';
import type { StatuspageOperation } from '../statuspageOperation';
import { rejectExternalLogin, viewerId } from '../itemViewer';

export const deleteViewer: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete viewer',
	description: 'Delete a viewer permanently, including group memberships and component access',
	effects: "This can't be undone. A viewer created again gets a new ID. No notification is sent.",
	warning: 'Deletes the viewer permanently. A viewer created again gets a new ID.',
	isReadOnly: false,
	uses: ['deleteViewer'],
	fields: [page.locator, viewer.locator, viewerOptionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const result = await deleted(input, {
			noun: 'viewer',
			find: async () => await viewerId(input, pageId),
			read: async (id) => await input.api.call('getViewer', { pageId, viewerId: id }),
			remove: async (id) => await input.api.remove('deleteViewer', { pageId, viewerId: id }),
			place: { pageId },
			rejectOtherIdentifier: async (id) => await rejectExternalLogin(input, pageId, id),
		});
		return input.isDryRun ? result : { ...result, ...emailOfLocator(input, viewer) };
	},
};
