import { optionsField } from '../../../shared/actions/fields/options';
import type { Group } from '../../api/rows';
import { usersById } from '../../api/users';
import { groupField, groupId } from '../fields/group';
import type { Operation } from '../operation';
import { userItem } from '../user/fields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get directory group',
	description: 'Get one group by ID or name with the IDs of its members, or its members as users with their e-mails',
	uses: ['getGroup', 'listGroups', 'listUsers', 'getUser'],
	fields: [
		groupField,
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Group', value: 'group', description: 'One item, with the IDs of the members' },
				{ name: 'Members', value: 'members', description: 'One item for each member: a user with e-mail, Atlassian account ID and whether it is active. Reads users one by one or page by page, whichever is less.' },
			],
			default: 'group',
			description: 'What to return',
		},
		optionsField(),
	],
	async execute(input) {
		const group = await input.api.call<'getGroup', Group>('getGroup', { groupId: await groupId(input) });
		if (input.text('output') !== 'members') return group;
		const users = await usersById(input.api, (group.members ?? []).map(({ value }) => value));
		return users.map((user) => userItem(input, user));
	},
};
