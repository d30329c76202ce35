import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { equals } from '../../../services/scim/filter';
import type { ScimOperation } from '../scimOperation';
import { simplifiedGroup } from './groupFields';

export const getMany: ScimOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many directory groups',
	description:
		'List the groups of the directory, 100 a request. Atlassian sends all members with each group, so that large groups make large answers.',
	isReadOnly: true,
	uses: ['listGroups'],
	fields: [
		...listFields,
		simplifyField,
		filtersField(
			[
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Statuspage Acme',
					description: 'The group with this name',
				},
			],
			'Atlassian takes one filter, for a value that is equal',
		),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const name = input.values.collection('filters').optionalText('name');
		const groups = await input.api.list('listGroups', {
			limit: input.limit,
			query: name ? { filter: equals('displayName', name) } : undefined,
		});
		return input.values.flag('simplify', true) ? groups.map(simplifiedGroup) : groups;
	},
};
