import { optionsField } from '../../../shared/fields/options';
import { batched } from '../../../shared/operations/batched';
import { groupKind } from '../../../services/scim/kinds';
import { usersField } from '../itemUser';
import type { ScimOperation } from '../scimOperation';
import { changeMembers } from './changeMembers';

export const removeMembers: ScimOperation = {
	value: 'removeMembers',
	name: 'Remove Members',
	action: 'Remove members from directory group, takes away what it gave them',
	description:
		'Take users out of a group; its other members stay, and the users stay in the directory. Many items with the same group share the requests. Can be undone with Add Members. No message to anybody is documented.',
	isReadOnly: false,
	uses: ['getGroup', 'updateGroup', 'getUser'],
	fields: [groupKind.locator, usersField, optionsField()],
	...batched(changeMembers('remove')),
};
