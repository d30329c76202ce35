import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import { groupKind } from '../../../services/scim/kinds';
import { groupId } from '../groupId';
import type { ScimOperation } from '../scimOperation';

export const deleteGroup: ScimOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory group',
	description: 'Delete a group permanently',
	effects:
		"This can't be undone. The group is also removed from all sites. Its members stay in the directory but lose the access that the group gave them. A group created again is empty and gets a new ID. Default groups such as org-admins can't be managed. Atlassian doesn't document any notification.",
	warning: "Deleting a group can't be undone. Its members lose the access that the group gave them.",
	isReadOnly: false,
	uses: ['deleteGroup', 'getConfig'],
	fields: [groupKind.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	execute: async (input) =>
		await deleted(input, {
			noun: 'group',
			find: async () => await groupId(input),
			read: async (id) => await input.api.call('getGroup', { groupId: id }),
			remove: async (id) => await input.api.remove('deleteGroup', { groupId: id }),
			place: {},
		}),
};
