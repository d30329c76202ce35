import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { PAGE_FIELDS } from './pageFields';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get page',
	description: 'Retrieve a page by ID or name',
	isReadOnly: true,
	uses: ['getPage'],
	fields: [page.locator, simplifyField, optionsField()],
	runs: 'perItem',
	execute: async (input) =>
		simplified(input.values, await input.api.call('getPage', { pageId: await input.pageId() }), PAGE_FIELDS),
};
