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
	description: 'Retrieve a list of groups',
	effects:
		'Reads 100 groups per request. Atlassian returns all members with each group, so large groups make large responses.',
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
					description: 'Only return the group with this name',
				},
			],
			'Atlassian only supports exact matches',
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
