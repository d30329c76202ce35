import { page } from '../../../services/statuspage/objects/page';
import { subscriber } from '../../../services/statuspage/objects/subscriber';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import { SUBSCRIBER_FIELDS, subscriberId } from '../itemSubscriber';
import type { StatuspageOperation } from '../statuspageOperation';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get subscriber',
	description: 'Retrieve a subscriber by ID or email',
	isReadOnly: true,
	uses: ['getSubscriber'],
	fields: [page.locator, subscriber.locator, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const row = await input.api.call('getSubscriber', { pageId, subscriberId: await subscriberId(input, pageId) });
		return simplified(input.values, row, SUBSCRIBER_FIELDS);
	},
};
