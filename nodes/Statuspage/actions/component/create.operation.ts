import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { componentBody, componentName, newComponentFields } from './componentFields';

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create component',
	description:
		'Add a component to a page; visitors see it at once. Can be undone with Delete. Viewers and groups see it only once it is added to them.',
	isReadOnly: false,
	uses: ['createComponent'],
	fields: [page.locator, componentName, newComponentFields, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const body = { name: input.values.text('name'), ...(await componentBody(input, pageId, 'additionalFields')) };
		return await input.api.call('createComponent', { pageId }, { body });
	},
};
