import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { emptyClearsOption, optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { changedComponentFields, componentBody } from './componentFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update component',
	description:
		'Change a component, e.g. its status; visitors see it at once, and subscribers may be notified. Fields that are not added stay as they are.',
	isReadOnly: false,
	uses: ['updateComponent'],
	fields: [page.locator, component.locator, changedComponentFields, optionsField(emptyClearsOption)],
	runs: 'perItem',
	async execute(input) {
		if (input.values.collection('updateFields').names.length === 0)
			throw input.invalid('updateFields', 'has no fields: there is nothing to change');
		const pageId = await input.pageId();
		const body = await componentBody(input, pageId, 'updateFields');
		return await input.api.call(
			'updateComponent',
			{ pageId, componentId: await input.idOf(component, { pageId }) },
			{ body },
		);
	},
};
