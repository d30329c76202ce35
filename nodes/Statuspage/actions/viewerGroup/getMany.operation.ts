import { page } from '../../../services/statuspage/objects/page';
import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many viewer groups',
	description: 'List the groups of a page, 100 a request',
	isReadOnly: true,
	uses: ['listViewerGroups'],
	fields: [page.locator, ...listFields, optionsField()],
	runs: 'perItem',
	execute: async (input) =>
		await input.api.list('listViewerGroups', { pageId: await input.pageId() }, { limit: input.limit }),
};
