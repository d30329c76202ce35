import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { viewerGroupField, viewerGroupId } from '../fields/viewerGroup';
import type { Operation } from '../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get viewer group',
	description: 'Get one group by ID or name, with the IDs of its viewers, components and metrics',
	uses: ['getViewerGroup', 'listViewerGroups'],
	fields: [pageField, viewerGroupField, optionsField()],
	async execute(input) {
		const page = await pageId(input);
		return await input.api.call('getViewerGroup', { pageId: page, viewerGroupId: await viewerGroupId(input, page) });
	},
};
