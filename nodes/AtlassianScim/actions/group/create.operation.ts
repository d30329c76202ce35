import { optionsField } from '../../../shared/fields/options';
import { createGroup } from '../../../services/scim/groups';
import { nameKey } from '../../../shared/client/matching';
import type { ScimOperation } from '../scimOperation';
import { nameField } from './groupFields';

export const create: ScimOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create directory group',
	description: 'Create a new group without members',
	effects:
		"Atlassian doesn't allow groups to be renamed. To change a name, create another group, add the members and delete the old group. Groups are not synced to Statuspage. Undo with 'Delete'. Atlassian doesn't document any notification.",
	isReadOnly: false,
	uses: ['createGroup', 'listGroups'],
	fields: [nameField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const name = input.values.text('name');
		await input.inOrder(`group name ${nameKey(name)}`);
		const { row, wasLost } = await createGroup(input.api, name);
		return {
			...row,
			...(wasLost
				? { note: 'The response to the create request was lost. The group was found by name and was created only once' }
				: {}),
		};
	},
};
