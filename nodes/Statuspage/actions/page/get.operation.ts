import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { simplified, simplifyField } from '../../../shared/actions/fields/simplify';
import type { Operation } from '../operation';
import { PAGE_FIELDS } from './fields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get page',
	description: 'Get one page by ID or name',
	uses: ['getPage', 'listPages'],
	fields: [pageField, simplifyField, optionsField()],
	execute: async (input) => simplified(input, await input.api.call('getPage', { pageId: await pageId(input) }), PAGE_FIELDS),
};
