import { componentField, componentId } from '../fields/component';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { simplified, simplifyField } from '../../../shared/actions/fields/simplify';
import type { Operation } from '../operation';
import { COMPONENT_FIELDS } from './fields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get component',
	description: 'Get one component by ID or name',
	uses: ['getComponent', 'listComponents'],
	fields: [pageField, componentField, simplifyField, optionsField()],
	async execute(input) {
		const page = await pageId(input);
		const row = await input.api.call('getComponent', { pageId: page, componentId: await componentId(input, page) });
		return simplified(input, row, COMPONENT_FIELDS);
	},
};
