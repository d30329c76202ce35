import { page } from '../../../services/statuspage/objects/page';
import { filtersField } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { stateField, typeField } from './subscriberFields';

export const count: StatuspageOperation = {
	value: 'count',
	name: 'Count',
	action: 'Count subscribers',
	description: 'Retrieve the number of subscribers of a page by type, in all states or in one',
	isReadOnly: true,
	uses: ['countSubscribers'],
	fields: [page.locator, stateField, filtersField([typeField]), optionsField()],
	runs: 'perItem',
	async execute(input) {
		const type = input.values.collection('filters').optionalText('type');
		// Without a state, only active subscribers would be counted.
		const query = { state: input.values.text('state'), ...(type === undefined ? {} : { type }) };
		return await input.api.call('countSubscribers', { pageId: await input.pageId() }, { query });
	},
};
