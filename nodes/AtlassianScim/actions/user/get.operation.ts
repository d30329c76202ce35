import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { userBy } from '../../../services/scim/users';
import { userKind } from '../../../services/scim/kinds';
import { cleanedEmail, userLookup } from '../itemUser';
import type { ScimOperation } from '../scimOperation';
import { attributeOptions, attributeQuery, userItem } from './userFields';

export const get: ScimOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get directory user',
	description: 'Retrieve a user by ID, user name, external ID or email, including the Atlassian account ID',
	isReadOnly: true,
	uses: ['getUser'],
	fields: [userKind.locator, simplifyField, optionsField(...attributeOptions)],
	runs: 'perItem',
	async execute(input) {
		const query = attributeQuery(input);
		const lookup = userLookup(input);
		const user = lookup && (await userBy(input.api, lookup.key, lookup.value));
		const isComplete = user && Object.keys(query).length === 0;
		const row = isComplete
			? user
			: await input.api.call('getUser', { userId: user?.id ?? input.values.locator('userId').text }, { query });
		return { ...userItem(input, row), ...cleanedEmail(input) };
	},
};
