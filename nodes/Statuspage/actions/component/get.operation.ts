import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { COMPONENT_FIELDS } from './componentFields';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get component',
	description: 'Retrieve a component by ID or name',
	isReadOnly: true,
	uses: ['getComponent'],
	fields: [page.locator, component.locator, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const row = await input.api.call('getComponent', { pageId, componentId: await input.idOf(component, { pageId }) });
		return simplified(input.values, row, COMPONENT_FIELDS);
	},
};
