import { optionsField } from '../../../shared/actions/fields/options';
import { doneTogether } from '../../../shared/actions/together';
import { groupField } from '../fields/group';
import { usersField } from '../fields/user';
import type { Operation } from '../operation';
import { changeMembers } from './members';

export const removeMembers: Operation = {
	value: 'removeMembers',
	name: 'Remove Members',
	action: 'Remove members from directory group, takes away what it gave them',
	description: 'Take users out of a group; its other members stay, and the users stay in the directory. Many items with the same group share the requests. Can be undone with Add Members. No message to anybody is documented.',
	uses: ['getGroup', 'updateGroup', 'listUsers', 'listGroups'],
	fields: [groupField, usersField, optionsField()],
	...doneTogether(changeMembers('remove')),
};
