import { page } from '../../../services/statuspage/objects/page';
import { subscriber } from '../../../services/statuspage/objects/subscriber';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { onlyFields } from '../../../shared/fields/simplify';
import { deleted } from '../../../shared/operations/deletion';
import { SUBSCRIBER_FIELDS, subscriberId } from '../itemSubscriber';
import { emailOfLocator } from '../emailOfLocator';
import type { StatuspageOperation } from '../statuspageOperation';
import { skipNotification } from './subscriberFields';

export const deleteSubscriber: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete subscriber',
	description: 'Unsubscribe one subscriber from a page',
	effects:
		"Statuspage notifies the subscriber unless you turn on 'Skip Notification'. This can't be undone: a new subscriber has to confirm again, and Slack and Teams subscribers can only be created on the status page.",
	warning: "Unsubscribes the subscriber. Slack and Teams subscribers can't be created again through the API.",
	isReadOnly: false,
	uses: ['deleteSubscriber', 'getSubscriber', 'getPage'],
	fields: [page.locator, subscriber.locator, skipNotification, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const result = await deleted(input, {
			noun: 'subscriber',
			find: async () => await subscriberId(input, pageId),
			read: async (id) => await input.api.call('getSubscriber', { pageId, subscriberId: id }),
			remove: async (id) =>
				await input.api.remove(
					'deleteSubscriber',
					{ pageId, subscriberId: id },
					{ query: { skip_unsubscription_notification: input.values.flag('skipNotification') } },
				),
			shown: (row) => onlyFields(row, SUBSCRIBER_FIELDS),
			place: { pageId },
		});
		return input.isDryRun ? result : { ...result, ...emailOfLocator(input, subscriber) };
	},
};
