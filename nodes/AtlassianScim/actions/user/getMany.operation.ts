import { filtersField, listFields } from '../../../shared/actions/fields/lists';
import { optionsField } from '../../../shared/actions/fields/options';
import { simplifyField } from '../../../shared/actions/fields/simplify';
import { equals } from '../../api/filter';
import type { User } from '../../api/rows';
import type { Input, Operation } from '../operation';
import { attributeOptions, attributeQuery, userItem } from './fields';

function filterQuery(input: Input): Record<string, string> {
	const filters = input.collection('filters');
	const [userName, externalId] = ['userName', 'externalId'].map((name) => String(filters[name] ?? '').trim());
	if (userName && externalId) throw input.bad('filters', 'holds two filters', 'Nothing was sent: Atlassian filters by one value only');
	if (userName) return { filter: equals('userName', userName) };
	return externalId ? { filter: equals('externalId', externalId) } : {};
}

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many directory users',
	description: 'List the users of the directory, 100 a request. When the directory changes meanwhile, it is read again.',
	uses: ['listUsers'],
	fields: [
		...listFields,
		simplifyField,
		filtersField([
			{ displayName: 'External ID', name: 'externalId', type: 'string', default: '', placeholder: 'e.g. hr-1234', description: 'The user with this ID at the identity provider or HR system; upper and lower case matter' },
			{ displayName: 'User Name', name: 'userName', type: 'string', default: '', placeholder: 'e.g. anna@example.com', description: 'The user with this user name' },
		], 'Atlassian takes one filter, for a value that is equal'),
		optionsField(...attributeOptions),
	],
	async execute(input) {
		const query = { ...filterQuery(input), ...attributeQuery(input) };
		const users = await input.api.list<User>('listUsers', { limit: input.limit(), query });
		return users.map((user) => userItem(input, user));
	},
};
