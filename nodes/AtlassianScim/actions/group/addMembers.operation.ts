import { optionsField } from '../../../shared/actions/fields/options';
import { doneTogether } from '../../../shared/actions/together';
import { groupField } from '../fields/group';
import { usersField } from '../fields/user';
import type { Operation } from '../operation';
import { changeMembers } from './members';

export const addMembers: Operation = {
	value: 'addMembers',
	name: 'Add Members',
	action: 'Add members to directory group',
	description: 'Put users into a group; its other members stay. Says who was in already. Many items with the same group share the requests. Can be undone with Remove Members. No message to anybody is documented.',
	uses: ['getGroup', 'updateGroup', 'listUsers', 'listGroups'],
	fields: [groupField, usersField, optionsField()],
	...doneTogether(changeMembers('add')),
};
