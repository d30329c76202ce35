import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { PAGE_FIELDS } from './pageFields';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many pages',
	description: 'Retrieve a list of the pages that the API key can access',
	isReadOnly: true,
	uses: ['listPages'],
	fields: [...listFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const rows = await input.api.list('listPages', {}, { limit: input.limit });
		return rows.map((row) => simplified(input.values, row, PAGE_FIELDS));
	},
};
