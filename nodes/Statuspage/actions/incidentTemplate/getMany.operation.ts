import { page } from '../../../services/statuspage/objects/page';
import { containsName } from '../../../shared/client/matching';
import type { Field } from '../../../shared/fields/field';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { templateOutput } from './templateOutput';

const nameFilter: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	placeholder: 'e.g. outage',
	default: '',
	description: 'Only return templates whose name contains this text. The whole list is read for that.',
};

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many incident templates',
	description: 'Retrieve a list of incident templates of a page, at 100 per request',
	effects: "With 'Simplify', only the IDs and names of the components are returned.",
	isReadOnly: true,
	uses: ['listIncidentTemplates'],
	fields: [page.locator, ...listFields, simplifyField, filtersField([nameFilter]), optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const name = input.values.collection('filters').optionalText('name');
		const keep = name === undefined ? undefined : (row: { name: string }) => containsName(row.name, name);
		const rows = await input.api.list('listIncidentTemplates', { pageId }, { limit: input.limit, keep });
		return rows.map((row) => templateOutput(input.values, row));
	},
};
