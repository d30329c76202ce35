import { optionsField } from '../../../shared/actions/fields/options';
import { simplifyField } from '../../../shared/actions/fields/simplify';
import type { User } from '../../api/rows';
import { userBy } from '../../api/users';
import { keyOfUser, userField } from '../fields/user';
import type { Operation } from '../operation';
import { attributeOptions, attributeQuery, userItem } from './fields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get directory user',
	description: 'Get one user by ID, user name, external ID or e-mail, with the ID of the Atlassian account',
	uses: ['getUser', 'listUsers'],
	fields: [userField, simplifyField, optionsField(...attributeOptions)],
	async execute(input) {
		const query = attributeQuery(input);
		const named = keyOfUser(input);
		const user = named && (await userBy(input.api, named.key, named.value));
		if (user && Object.keys(query).length === 0) return userItem(input, user);
		return userItem(input, await input.api.call<'getUser', User>('getUser', { userId: user?.id ?? input.locator('userId').value }, { query }));
	},
};
