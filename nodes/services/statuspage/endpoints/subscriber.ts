import { filledText, many, object, one, optional, removal, text } from '../../../shared/client/answer';
import { PAGE, LIMIT_FROM_0, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const SUBSCRIBERS = `${PAGE}/subscribers` as const;
const SUBSCRIBER = `${SUBSCRIBERS}/{subscriberId}` as const;

const subscriber = object({
	id: filledText,
	mode: filledText,
	email: optional(text),
	page_access_user_id: optional(text),
});

/** A subscriber gets notifications. Subscribers can be linked to a viewer. Only some modes have an email. */
export type Subscriber = ReturnType<typeof subscriber>;

const theSubscriber = one(subscriber, 'subscriber', 'subscriberId');

export const subscriberEndpoints = {
	listSubscribers: {
		method: 'GET',
		path: SUBSCRIBERS,
		paging: LIMIT_FROM_0,
		answer: many(subscriber, 'subscriber'),
		noun: 'subscribers of page',
		advice: PAGE_ADVICE,
	},
	getSubscriber: { method: 'GET', path: SUBSCRIBER, answer: theSubscriber, noun: 'subscriber' },
	deleteSubscriber: {
		method: 'DELETE',
		path: SUBSCRIBER,
		answer: removal(theSubscriber),
		settledBy: { get: 'getSubscriber' },
		noun: 'subscriber',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
