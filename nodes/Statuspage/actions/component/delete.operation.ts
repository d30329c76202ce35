import { componentField, componentId } from '../fields/component';
import { deleted } from '../deletion';
import { ignoreIfMissingOption, optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import type { Operation } from '../operation';

export const deleteComponent: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete component with its uptime history, cannot be undone',
	description: 'Take a component off the page, with its uptime history. Cannot be undone. When it is the last one of a component group, Statuspage deletes that group too.',
	uses: ['deleteComponent', 'listComponents', 'getPage'],
	fields: [pageField, componentField, optionsField(ignoreIfMissingOption)],
	async execute(input) {
		const page = await pageId(input);
		return await deleted(input, page, async () => await componentId(input, page), async (id) =>
			await input.api.call('deleteComponent', { pageId: page, componentId: id }),
		);
	},
};
