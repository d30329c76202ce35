import { updateComponentGroup } from '../../../services/statuspage/componentGroups';
import { component } from '../../../services/statuspage/objects/component';
import { componentGroup } from '../../../services/statuspage/objects/componentGroup';
import { page } from '../../../services/statuspage/objects/page';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import { emptyClearsOption, optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { groupDescription, groupName, replacedMembers } from './componentGroupFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update component group',
	description: "Update a component group's name, description or components",
	effects:
		'Only the fields you add are changed. New components replace the current ones, and those that are left out stay on the page without a group. The output contains a result: updated or unchanged. To undo, you need the previous values. No notification is sent.',
	isReadOnly: false,
	uses: ['getComponentGroup', 'updateComponentGroup'],
	fields: [
		page.locator,
		componentGroup.locator,
		updateFieldsField(
			[
				replacedMembers,
				groupDescription,
				{ ...groupName, required: undefined, whenEmpty: 'rejected', description: 'New name of the component group' },
			],
			{ whenEmpty: 'clears' },
		),
		optionsField(emptyClearsOption),
	],
	runs: 'perItem',
	async execute(input) {
		const values = input.values.collection('updateFields');
		if (values.names.length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		const pageId = await input.pageId();
		const components = values.has('componentIds')
			? await input.idsOf(component, { pageId }, 'componentIds', { values })
			: undefined;
		const componentGroupId = await input.idOf(componentGroup, { pageId });
		return await updateComponentGroup(
			input.api,
			{ pageId, componentGroupId },
			{ name: values.optionalText('name'), components, description: values.optionalText('description') },
		);
	},
};
