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
	description:
		'Put users into a group; its other members stay. Says who was in already. Many items with the same group share the requests. Can be undone with Remove Members. No message to anybody is documented.',
	isReadOnly: false,
	uses: ['getGroup', 'updateGroup'],
	fields: [groupKind.locator, usersField, optionsField()],
	...batched(changeMembers('add')),
};
