import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';

export const deleteComponent: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete component with its uptime history, cannot be undone',
	description:
		'Take a component off the page, with its uptime history. Cannot be undone. When it is the last one of a component group, Statuspage deletes that group too.',
	isReadOnly: false,
	uses: ['deleteComponent', 'getPage'],
	fields: [page.locator, component.locator, optionsField(ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await deleted(input, {
			find: async () => await input.idOf(component, { pageId }),
			remove: async (componentId) => await input.api.remove('deleteComponent', { pageId, componentId }),
			place: { pageId },
		});
	},
};
