import { ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import { groupKind } from '../../../services/scim/kinds';
import { groupId } from '../groupId';
import type { ScimOperation } from '../scimOperation';

export const deleteGroup: ScimOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory group, its members lose what it gave them, cannot be undone',
	description:
		'Take a group out of the directory and off all sites; cannot be undone. Its members stay, but lose the access that it gave them. A group created again gets a new ID and is empty. Default groups such as org-admins cannot be managed. No message to anybody is documented.',
	isReadOnly: false,
	uses: ['deleteGroup', 'getConfig'],
	fields: [groupKind.locator, optionsField(ignoreIfMissingOption)],
	runs: 'perItem',
	execute: async (input) =>
		await deleted(input, {
			find: async () => await groupId(input),
			remove: async (id) => await input.api.remove('deleteGroup', { groupId: id }),
			place: {},
		}),
};
