import { page } from '../../../services/statuspage/objects/page';
import { countOf } from '../../../services/statuspage/subscriptions/listSubscribers';
import { optionsField } from '../../../shared/fields/options';
import { batched } from '../../../shared/operations/batched';
import type { StatuspageOperation } from '../statuspageOperation';
import { bulkOperation } from './bulkOperation';
import { selectedSubscribers, whichSubscribers } from './subscriberFields';

export const resendConfirmation: StatuspageOperation = {
	value: 'resendConfirmation',
	name: 'Resend Confirmation',
	action: 'Resend confirmation to subscribers',
	description: 'Send the confirmation email again to unconfirmed email subscribers, at 100 per request',
	effects:
		'Statuspage emails each unconfirmed email subscriber. Others get no email, also if they are selected. The link in a confirmation expires after 90 days. A sent email cannot be undone.',
	isReadOnly: false,
	uses: [
		'resendSubscriberConfirmation',
		'resendSubscriberConfirmations',
		'countSubscribers',
		'listSubscribers',
		'getPage',
	],
	fields: [
		page.locator,
		whichSubscribers({
			name: 'All Unconfirmed',
			description: 'All unconfirmed email subscribers, who are counted first',
		}),
		selectedSubscribers,
		optionsField(),
	],
	...batched(
		bulkOperation({
			verb: 'sent a confirmation on',
			settings: () => ({}),
			call: (api, { pageId }) => ({
				send: async (ids) =>
					ids.length === 1
						? await api.call('resendSubscriberConfirmation', { pageId, subscriberId: ids[0] })
						: await api.call('resendSubscriberConfirmations', { pageId }, { body: { subscribers: ids } }),
			}),
			async all(api, { pageId }) {
				const count = await countOf(api, pageId, { type: 'email', state: 'unconfirmed' });
				if (count > 0) await api.call('resendSubscriberConfirmations', { pageId }, { body: { subscribers: 'all' } });
				return { requestedCount: count };
			},
			// The service doesn't say who was unconfirmed.
			output: ({ done, unchanged }) => ({ requested: [...done, ...unchanged] }),
		}),
	),
};
