import { page } from '../../../services/statuspage/objects/page';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { matchesNameFilter, nameFilter } from '../../../shared/fields/nameFilter';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { templateOutput } from './templateOutput';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many incident templates',
	description: 'Retrieve a list of incident templates of a page, at 100 per request',
	effects: "With 'Simplify', only the IDs and names of the components are returned.",
	isReadOnly: true,
	uses: ['listIncidentTemplates'],
	fields: [
		page.locator,
		...listFields,
		simplifyField,
		filtersField([nameFilter('templates', 'outage')]),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const keep = matchesNameFilter(input.values.collection('filters'));
		const rows = await input.api.list('listIncidentTemplates', { pageId }, { limit: input.limit, keep });
		return rows.map((row) => templateOutput(input.values, row));
	},
};
