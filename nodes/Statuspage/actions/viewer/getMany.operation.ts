import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many viewers',
	description: 'Retrieve a list of viewers of a page, at 100 per request',
	isReadOnly: true,
	uses: ['listViewers'],
	fields: [
		page.locator,
		...listFields,
		filtersField([
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				accepts: 'emailOrText',
				placeholder: 'name@email.com',
				default: '',
				description: 'Email address to search for. Statuspage may return partial matches.',
			},
			viewerGroup.pick('viewerGroupId', { description: 'Only return viewers in this viewer group' }),
		]),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const filters = input.values.collection('filters');
		const email = filters.optionalText('email');
		const [groupId] = await input.idsOf(viewerGroup, { pageId }, 'viewerGroupId', { values: filters });
		return await input.api.list(
			'listViewers',
			{ pageId },
			{
				limit: input.limit,
				query: email ? { email } : undefined,
				keep: groupId ? (row) => row.page_access_group_ids.includes(groupId) : undefined,
			},
		);
	},
};
