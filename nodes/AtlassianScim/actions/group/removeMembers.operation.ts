import { optionsField } from '../../../shared/fields/options';
import { batched } from '../../../shared/operations/batched';
import { groupKind } from '../../../services/scim/kinds';
import { usersField } from '../itemUser';
import type { ScimOperation } from '../scimOperation';
import { changeMembers } from './changeMembers';

export const removeMembers: ScimOperation = {
	value: 'removeMembers',
	name: 'Remove Members',
	action: 'Remove members from directory group',
	description: 'Remove users from a group',
	effects:
		"The users stay in the directory but lose the access that the group gave them. Other members are kept. Items with the same group are combined into fewer requests. Undo with 'Add Members'. Atlassian doesn't document any notification.",
	isReadOnly: false,
	uses: ['getGroup', 'updateGroup', 'getUser'],
	fields: [groupKind.locator, usersField, optionsField()],
	...batched(changeMembers('remove')),
};
