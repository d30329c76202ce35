import { page } from '../../../services/statuspage/objects/page';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { matchesNameFilter, nameFilter } from '../../../shared/fields/nameFilter';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many component groups',
	description:
		'Retrieve a list of the component groups of a page, at 100 per request, with the IDs of their components',
	isReadOnly: true,
	uses: ['listComponentGroups'],
	fields: [page.locator, ...listFields, filtersField([nameFilter('component groups', 'Europe')]), optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const keep = matchesNameFilter(input.values.collection('filters'));
		return await input.api.list('listComponentGroups', { pageId }, { limit: input.limit, keep });
	},
};
