import { optionsField } from '../../../shared/fields/options';
import { batched } from '../../../shared/operations/batched';
import { groupKind } from '../../../services/scim/kinds';
import { usersField } from '../itemUser';
import type { ScimOperation } from '../scimOperation';
import { changeMembers } from './changeMembers';

export const addMembers: ScimOperation = {
	value: 'addMembers',
	name: 'Add Members',
	action: 'Add members to directory group',
	description: 'Add users to a group',
	effects:
		"Current members are kept, and the output shows which users were already members. Items with the same group are combined into fewer requests. Undo with 'Remove Members'. Atlassian doesn't document any notification.",
	isReadOnly: false,
	uses: ['getGroup', 'updateGroup'],
	fields: [groupKind.locator, usersField, optionsField()],
	...batched(changeMembers('add')),
};
