import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const getHistogram: StatuspageOperation = {
	value: 'getHistogram',
	name: 'Get Histogram',
	action: 'Get histogram of subscribers',
	description: 'Retrieve the number of subscribers of a page by type and state',
	isReadOnly: true,
	uses: ['getSubscriberHistogram'],
	fields: [page.locator, optionsField()],
	runs: 'perItem',
	execute: async (input) => await input.api.call('getSubscriberHistogram', { pageId: await input.pageId() }),
};
