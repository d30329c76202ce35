import { withComponentGroups } from '../../../services/statuspage/componentGroups';
import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { updateComponent } from '../../../services/statuspage/updateComponent';
import { emptyClearsOption, optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { changedComponentFields, componentBody } from './componentFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update component',
	description: 'Update a component, for example its status',
	effects:
		'Only the fields you add are changed. Changes appear on the page immediately. A change of status may notify subscribers, depending on the settings of the page. To undo, you need the previous values.',
	isReadOnly: false,
	uses: ['updateComponent'],
	fields: [page.locator, component.locator, changedComponentFields, optionsField(emptyClearsOption)],
	runs: 'perItem',
	async execute(input) {
		if (input.values.collection('updateFields').names.length === 0)
			throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		const pageId = await input.pageId();
		const body = await componentBody(input, pageId, 'updateFields');
		const componentId = await input.idOf(component, { pageId });
		return await withComponentGroups(
			input.api,
			pageId,
			async () => await updateComponent(input.api, { pageId, componentId }, body),
		);
	},
};
