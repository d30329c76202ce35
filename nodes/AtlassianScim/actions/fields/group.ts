import { locatorField } from '../../../shared/actions/fields/locator';
import { groupByName } from '../../api/groups';
import { parameterName } from '../../api/parameterNames';
import type { Input } from '../operation';

export const groupField = locatorField({
	name: 'groupId',
	label: parameterName('groupId'),
	description: 'The group of the directory. Default groups such as org-admins cannot be managed from here',
	searchListMethod: 'searchGroups',
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 0c2b1f8e-5f0a-4a34-9a52-7d1f0d3c9b10' },
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Statuspage Acme' },
	],
});

/** Which group the item means. */
export async function groupId(input: Input): Promise<string> {
	const { mode, value } = input.locator('groupId');
	const id = mode === 'name' ? (await groupByName(input.api, value)).id : value;
	await input.inOrder(`group ${id}`);
	return id;
}
