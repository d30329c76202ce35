import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { optionsField } from '../../../shared/fields/options';
import { optionalSimplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { simplifyViewerGroups } from './simplifyViewerGroups';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get viewer group',
	description: 'Retrieve a viewer group by ID or name, with the IDs of its viewers, components and metrics',
	effects:
		"With 'Simplify', the group has the number of its viewers and metrics and the names of its components. The components of the page are read once per run for that.",
	isReadOnly: true,
	uses: ['getViewerGroup', 'listComponents'],
	fields: [page.locator, viewerGroup.locator, optionalSimplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const viewerGroupId = await input.idOf(viewerGroup, { pageId });
		const group = await input.api.call('getViewerGroup', { pageId, viewerGroupId });
		return await simplifyViewerGroups(input, pageId, [group]);
	},
};
