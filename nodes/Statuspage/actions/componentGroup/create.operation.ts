import { createComponentGroup } from '../../../services/statuspage/componentGroups';
import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { groupDescription, groupName, newMembers } from './componentGroupFields';

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create component group',
	description: 'Create a new component group from existing components',
	effects:
		"The group appears on the page immediately. A component belongs to one group only, so it leaves its previous group. If the answer is lost, the group is looked up by name and components, and not created again. Undo with 'Delete'. No notification is sent.",
	isReadOnly: false,
	uses: ['createComponentGroup', 'listComponentGroups'],
	fields: [
		page.locator,
		groupName,
		newMembers,
		additionalFieldsField([groupDescription], { whenEmpty: 'omitted' }),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const { values } = input;
		const name = values.text('name');
		const description = values.collection('additionalFields').optionalText('description');
		const pageId = await input.pageId();
		const components = await input.idsOf(component, { pageId }, 'componentIds');
		return await createComponentGroup(input.api, pageId, {
			name,
			components,
			...(description === undefined ? {} : { description }),
		});
	},
};
