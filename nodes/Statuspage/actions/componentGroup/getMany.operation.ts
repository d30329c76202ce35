import { page } from '../../../services/statuspage/objects/page';
import { containsName } from '../../../shared/client/matching';
import type { Field } from '../../../shared/fields/field';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

const nameFilter: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	placeholder: 'e.g. Europe',
	default: '',
	description: 'Only return component groups whose name contains this text. The whole list is read for that.',
};

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many component groups',
	description:
		'Retrieve a list of the component groups of a page, at 100 per request, with the IDs of their components',
	isReadOnly: true,
	uses: ['listComponentGroups'],
	fields: [page.locator, ...listFields, filtersField([nameFilter]), optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const name = input.values.collection('filters').optionalText('name');
		const keep = name === undefined ? undefined : (group: { name: string }) => containsName(group.name, name);
		return await input.api.list('listComponentGroups', { pageId }, { limit: input.limit, keep });
	},
};
