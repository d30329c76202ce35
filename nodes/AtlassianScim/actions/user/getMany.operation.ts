import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { equals } from '../../../services/scim/filter';
import type { ScimInput, ScimOperation } from '../scimOperation';
import { attributeOptions, attributeQuery, userItem } from './userFields';

function filterQuery(input: ScimInput): Record<string, string> {
	const filters = input.values.collection('filters');
	const [userName, externalId] = [filters.optionalText('userName'), filters.optionalText('externalId')];
	if (userName && externalId)
		throw input.invalid('filters', 'has two filters', 'Atlassian supports only one. Remove the other filter');
	if (userName) return { filter: equals('userName', userName) };
	return externalId ? { filter: equals('externalId', externalId) } : {};
}

export const getMany: ScimOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many directory users',
	description: 'Retrieve a list of users',
	effects: 'Reads 100 users per request. The list is read again if the directory changes in the meantime.',
	isReadOnly: true,
	uses: ['listUsers'],
	fields: [
		...listFields,
		simplifyField,
		filtersField(
			[
				{
					displayName: 'External ID',
					name: 'externalId',
					type: 'string',
					default: '',
					placeholder: 'e.g. hr-1234',
					description: 'Only return the user with this ID in the identity provider or HR system (case-sensitive)',
				},
				{
					displayName: 'User Name',
					name: 'userName',
					type: 'string',
					accepts: 'emailOrText',
					default: '',
					placeholder: 'e.g. anna@example.com',
					description: 'Only return the user with this user name',
				},
			],
			'Atlassian supports one filter at a time and only exact matches',
		),
		optionsField(...attributeOptions),
	],
	runs: 'perItem',
	async execute(input) {
		const query = { ...filterQuery(input), ...attributeQuery(input) };
		const users = await input.api.list('listUsers', { limit: input.limit, query });
		return users.map((user) => userItem(input, user));
	},
};
