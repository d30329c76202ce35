import { withComponentGroups } from '../../../services/statuspage/componentGroups';
import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';

export const deleteComponent: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete component',
	description: 'Delete a component and its uptime history permanently',
	effects:
		"This can't be undone. Deleting the last component of a component group also deletes the group. No notification is sent.",
	warning: 'Deletes the component and its uptime history permanently.',
	isReadOnly: false,
	uses: ['deleteComponent', 'getPage'],
	fields: [page.locator, component.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await deleted(input, {
			noun: 'component',
			find: async () => await input.idOf(component, { pageId }),
			read: async (componentId) => await input.api.call('getComponent', { pageId, componentId }),
			remove: async (componentId) =>
				await withComponentGroups(
					input.api,
					pageId,
					async () => await input.api.remove('deleteComponent', { pageId, componentId }),
				),
			place: { pageId },
		});
	},
};
