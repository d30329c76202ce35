import { withComponentGroups } from '../../../services/statuspage/componentGroups';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentBody, componentName, newComponentFields } from './componentFields';

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create component',
	description: 'Create a new component on a page',
	effects:
		"The component appears on the page immediately. Viewers and viewer groups can't see it until you give them access. Undo with 'Delete'. No notification is sent.",
	isReadOnly: false,
	uses: ['createComponent'],
	fields: [page.locator, componentName, newComponentFields, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const body = { name: input.values.text('name'), ...(await componentBody(input, pageId, 'additionalFields')) };
		return await withComponentGroups(
			input.api,
			pageId,
			async () => await input.api.call('createComponent', { pageId }, { body }),
		);
	},
};
