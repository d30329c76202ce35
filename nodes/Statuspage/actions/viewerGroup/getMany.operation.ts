import { listFields } from '../../../shared/actions/fields/lists';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import type { Operation } from '../operation';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many viewer groups',
	description: 'List the groups of a page, 100 a request',
	uses: ['listViewerGroups'],
	fields: [pageField, ...listFields, optionsField()],
	execute: async (input) => await input.api.list('listViewerGroups', { pageId: await pageId(input) }, { limit: input.limit() }),
};
