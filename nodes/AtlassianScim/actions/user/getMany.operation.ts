import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { equals } from '../../../services/scim/filter';
import type { ScimInput, ScimOperation } from '../scimOperation';
import { attributeOptions, attributeQuery, userItem } from './userFields';

function filterQuery(input: ScimInput): Record<string, string> {
	const filters = input.values.collection('filters');
	const [userName, externalId] = [filters.optionalText('userName'), filters.optionalText('externalId')];
	if (userName && externalId) throw input.invalid('filters', 'has two filters', 'Atlassian filters by one value only');
	if (userName) return { filter: equals('userName', userName) };
	return externalId ? { filter: equals('externalId', externalId) } : {};
}

export const getMany: ScimOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many directory users',
	description:
		'List the users of the directory, 100 a request. When the directory changes meanwhile, it is read again.',
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
					description: 'The user with this ID at the identity provider or HR system; upper and lower case matter',
				},
				{
					displayName: 'User Name',
					name: 'userName',
					type: 'string',
					accepts: 'emailOrText',
					default: '',
					placeholder: 'e.g. anna@example.com',
					description: 'The user with this user name',
				},
			],
			'Atlassian takes one filter, for a value that is equal',
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
