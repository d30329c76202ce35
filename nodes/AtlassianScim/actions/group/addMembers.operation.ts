import { optionsField } from '../../../shared/fields/options';
import { doneTogether } from '../../../shared/operations/together';
import { groupKind } from '../../../services/scim/kinds';
import { usersField } from '../userField';
import type { Operation } from '../operation';
import { changeMembers } from './members';

export const addMembers: Operation = {
	value: 'addMembers',
	name: 'Add Members',
	action: 'Add members to directory group',
	description:
		'Put users into a group; its other members stay. Says who was in already. Many items with the same group share the requests. Can be undone with Remove Members. No message to anybody is documented.',
	isReadOnly: false,
	uses: ['getGroup', 'updateGroup'],
	fields: [groupKind.locator, usersField, optionsField()],
	...doneTogether(changeMembers('add')),
};
