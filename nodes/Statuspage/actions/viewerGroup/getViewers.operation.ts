import { membersOf } from '../../api/membership';
import type { ViewerGroup } from '../../api/rows';
import { viewersById } from '../../api/viewers';
import { listFields } from '../../../shared/actions/fields/lists';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { viewerGroupField, viewerGroupId } from '../fields/viewerGroup';
import type { Operation } from '../operation';

export const getViewers: Operation = {
	value: 'getViewers',
	name: 'Get Viewers',
	action: 'Get viewers of viewer group',
	description: 'List the viewers in a group, with their e-mails',
	uses: ['getViewerGroup', 'listViewers', 'getViewer', 'listViewerGroups'],
	fields: [pageField, viewerGroupField, ...listFields, optionsField()],
	async execute(input) {
		const page = await pageId(input);
		const ids = { pageId: page, viewerGroupId: await viewerGroupId(input, page) };
		const group = await input.api.call<'getViewerGroup', ViewerGroup>('getViewerGroup', ids);
		const members = await membersOf(input.api, page, group);
		return await viewersById(input.api, page, members.slice(0, input.limit()));
	},
};
