import { optionsField } from '../../../shared/fields/options';
import { usersById } from '../../../services/scim/users';
import { groupKind } from '../../../services/scim/kinds';
import { groupId } from '../groupId';
import type { ScimOperation } from '../scimOperation';
import { simplifiedUser } from '../user/userFields';

export const get: ScimOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get directory group',
	description: 'Retrieve a group by ID or name, with its members as IDs or as users',
	isReadOnly: true,
	uses: ['getGroup', 'listUsers', 'getUser'],
	fields: [
		groupKind.locator,
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Group', value: 'group', description: 'One item with the IDs of the members' },
				{
					name: 'Members',
					value: 'members',
					description: 'One item per member with email, Atlassian account ID and whether the user is active',
				},
			],
			default: 'group',
			description: 'The data to return',
		},
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const group = await input.api.call('getGroup', { groupId: await groupId(input) });
		if (input.values.text('output') !== 'members') return group;
		const users = await usersById(
			input.api,
			(group.members ?? []).map(({ value }) => value),
		);
		return users.map(simplifiedUser);
	},
};
