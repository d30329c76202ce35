import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import type { Operation } from '../operation';
import { componentBody, componentName, newComponentFields } from './fields';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create component',
	description: 'Add a component to a page; visitors see it at once. Can be undone with Delete. Viewers and groups see it only once it is added to them.',
	uses: ['createComponent'],
	fields: [
		pageField,
		componentName,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: newComponentFields,
		},
		optionsField(),
	],
	async execute(input) {
		const name = input.requiredText('name');
		const { group_id, ...fields } = componentBody(input.collection('additionalFields'));
		const body = { name, ...fields, ...(group_id ? { group_id } : {}) };
		return await input.api.call('createComponent', { pageId: await pageId(input) }, { body });
	},
};
