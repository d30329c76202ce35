import { componentField, componentId } from '../fields/component';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { badInput } from '../input';
import type { Operation } from '../operation';
import { changedComponentFields, componentBody } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update component',
	description: 'Change a component, e.g. its status; visitors see it at once, and subscribers may be notified. Fields that are not added stay as they are.',
	uses: ['updateComponent', 'listComponents'],
	fields: [
		pageField,
		componentField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: changedComponentFields,
		},
		optionsField(),
	],
	async execute(input) {
		const body = componentBody(input.collection('updateFields'));
		if (Object.keys(body).length === 0) throw badInput('updateFields', 'holds no field: there is nothing to change');
		const page = await pageId(input);
		return await input.api.call('updateComponent', { pageId: page, componentId: await componentId(input, page) }, { body });
	},
};
