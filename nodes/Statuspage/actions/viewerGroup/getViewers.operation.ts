import { membersOf } from '../../../services/statuspage/fullMembers';
import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { viewersById } from '../../../services/statuspage/viewers';
import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const getViewers: StatuspageOperation = {
	value: 'getViewers',
	name: 'Get Viewers',
	action: 'Get viewers of viewer group',
	description: 'Retrieve a list of the viewers in a viewer group, with their emails',
	isReadOnly: true,
	uses: ['getViewerGroup', 'listViewers', 'getViewer'],
	fields: [page.locator, viewerGroup.locator, ...listFields, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const group = await input.api.call('getViewerGroup', {
			pageId,
			viewerGroupId: await input.idOf(viewerGroup, { pageId }),
		});
		const members = await membersOf(input.api, pageId, group);
		return await viewersById(input.api, pageId, members.slice(0, input.limit));
	},
};
