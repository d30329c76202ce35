import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get viewer group',
	description: 'Get one group by ID or name, with the IDs of its viewers, components and metrics',
	isReadOnly: true,
	uses: ['getViewerGroup'],
	fields: [page.locator, viewerGroup.locator, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await input.api.call('getViewerGroup', { pageId, viewerGroupId: await input.idOf(viewerGroup, { pageId }) });
	},
};
