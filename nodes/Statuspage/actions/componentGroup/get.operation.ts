import { componentGroup } from '../../../services/statuspage/objects/componentGroup';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get component group',
	description: 'Retrieve a component group by ID or name, with the IDs of its components',
	isReadOnly: true,
	uses: ['getComponentGroup'],
	fields: [page.locator, componentGroup.locator, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await input.api.call('getComponentGroup', {
			pageId,
			componentGroupId: await input.idOf(componentGroup, { pageId }),
		});
	},
};
