import { page } from '../../../services/statuspage/objects/page';
import { listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { SUBSCRIBER_FIELDS } from '../itemSubscriber';

export const getUnsubscribed: StatuspageOperation = {
	value: 'getUnsubscribed',
	name: 'Get Unsubscribed',
	action: 'Get unsubscribed subscribers',
	description: 'Retrieve a list of former subscribers who were unsubscribed, at 100 per request',
	isReadOnly: true,
	uses: ['listUnsubscribed'],
	fields: [page.locator, ...listFields, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const rows = await input.api.list('listUnsubscribed', { pageId }, { limit: input.limit });
		return rows.map((row) => simplified(input.values, row, SUBSCRIBER_FIELDS));
	},
};
