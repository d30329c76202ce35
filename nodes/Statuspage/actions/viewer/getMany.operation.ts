import type { Viewer } from '../../api/rows';
import { filtersField, listFields } from '../../../shared/actions/fields/lists';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import type { Operation } from '../operation';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many viewers',
	description: 'List the viewers of a page, 100 a request',
	uses: ['listViewers'],
	fields: [
		pageField,
		...listFields,
		filtersField([
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				placeholder: 'name@email.com',
				default: '',
				description: 'The address to search for. Statuspage decides what matches.',
			},
			{
				displayName: 'Viewer Group Name or ID',
				name: 'viewerGroupId',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getViewerGroups', loadOptionsDependsOn: ['pageId.value'] },
				default: '',
				description: 'Only viewers in this group. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		]),
		optionsField(),
	],
	async execute(input) {
		const page = await pageId(input);
		const { email, viewerGroupId } = input.collection('filters') as { email?: string; viewerGroupId?: string };
		return await input.api.list<Viewer>(
			'listViewers',
			{ pageId: page },
			{
				limit: input.limit(),
				query: email ? { email } : undefined,
				keep: viewerGroupId ? (viewer) => (viewer.page_access_group_ids ?? []).includes(viewerGroupId) : undefined,
			},
		);
	},
};
