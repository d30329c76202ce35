import type { StatuspageResource } from '../statuspageOperation';
import { count } from './count.operation';
import { create } from './create.operation';
import { deleteSubscriber } from './delete.operation';
import { get } from './get.operation';
import { getHistogram } from './getHistogram.operation';
import { getMany } from './getMany.operation';
import { getUnsubscribed } from './getUnsubscribed.operation';
import { reactivate } from './reactivate.operation';
import { resendConfirmation } from './resendConfirmation.operation';
import { unsubscribe } from './unsubscribe.operation';
import { update } from './update.operation';

export const subscriber: StatuspageResource = {
	value: 'subscriber',
	name: 'Subscriber',
	description: 'An email address, phone number, webhook, Slack channel or team that gets notifications of the page',
	operations: [
		count,
		create,
		deleteSubscriber,
		get,
		getHistogram,
		getMany,
		getUnsubscribed,
		reactivate,
		resendConfirmation,
		unsubscribe,
		update,
	],
};
