import { optionsField } from '../../../shared/fields/options';
import { createGroup } from '../../../services/scim/groups';
import { nameKey } from '../../../shared/client/matching';
import type { ScimOperation } from '../scimOperation';
import { nameField } from './groupFields';

export const create: ScimOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create directory group',
	description:
		'Create an empty group of the directory. Its name is for good, because Atlassian does not let it be changed: there is no rename; make another group, add the members and delete the old one. Atlassian syncs no group to Statuspage. Can be undone with Delete.',
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
				? { note: 'The answer to the create was lost. The group was looked up by name and is there: created once' }
				: {}),
		};
	},
};
