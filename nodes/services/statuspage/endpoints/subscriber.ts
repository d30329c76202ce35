import { isObject, filledText, many, object, one, optional, removal, text } from '../../../shared/client/answer';
import { NotUnderstood } from '../../../shared/http/outcome';
import { accepted } from './accepted';
import { PAGE, LIMIT_FROM_0, PAGE_ADVICE, PER_PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

const SUBSCRIBERS = `${PAGE}/subscribers` as const;
const SUBSCRIBER = `${SUBSCRIBERS}/{subscriberId}` as const;

/** The fields depend on the mode, and any of them can be missing. */
export const subscriber = object({
	id: filledText,
	mode: optional(text),
	email: optional(text),
	page_access_user_id: optional(text),
});

/** A subscriber gets notifications. Subscribers can be linked to a viewer. Only some modes have an email. */
export type Subscriber = ReturnType<typeof subscriber>;

const theSubscriber = one(subscriber, 'subscriber', 'subscriberId');

/** The counts of an answer, by type. Types that are not known yet are included. */
export type SubscriberCounts = Record<string, number>;

/** An object with at least one number. */
function countsIn(body: unknown): SubscriberCounts {
	const counts = isObject(body)
		? Object.entries(body).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]))
		: [];
	if (counts.length === 0) throw new NotUnderstood('the count of subscribers is missing');
	return Object.fromEntries(counts);
}

/** Objects with counts, by type. */
function histogramIn(body: unknown): Record<string, SubscriberCounts> {
	const types = isObject(body) ? Object.entries(body).filter(([, value]) => isObject(value)) : [];
	if (types.length === 0) throw new NotUnderstood('the histogram of subscribers is missing');
	return Object.fromEntries(types.map(([type, counts]) => [type, countsIn(counts)]));
}

export const subscriberEndpoints = {
	listSubscribers: {
		method: 'GET',
		path: SUBSCRIBERS,
		paging: LIMIT_FROM_0,
		answer: many(subscriber, 'subscriber'),
		noun: 'subscribers of page',
		advice: PAGE_ADVICE,
	},
	createSubscriber: {
		method: 'POST',
		path: SUBSCRIBERS,
		envelope: 'subscriber',
		answer: one(subscriber, 'subscriber'),
		noun: 'subscriber on page',
		advice: PAGE_ADVICE,
		isRepeatable: false,
	},
	countSubscribers: {
		method: 'GET',
		path: `${SUBSCRIBERS}/count`,
		answer: countsIn,
		noun: 'count of subscribers of page',
		advice: PAGE_ADVICE,
	},
	getSubscriberHistogram: {
		method: 'GET',
		path: `${SUBSCRIBERS}/histogram_by_state`,
		answer: histogramIn,
		noun: 'histogram of subscribers of page',
		advice: PAGE_ADVICE,
	},
	listUnsubscribed: {
		method: 'GET',
		path: `${SUBSCRIBERS}/unsubscribed`,
		paging: PER_PAGE,
		answer: many(subscriber, 'subscriber'),
		noun: 'unsubscribed subscribers of page',
		advice: PAGE_ADVICE,
	},
	// The answer to a bulk call is not documented. One that is not empty is settled by a read.
	unsubscribeSubscribers: {
		method: 'POST',
		path: `${SUBSCRIBERS}/unsubscribe`,
		answer: removal(),
		noun: 'subscribers of page',
		isRepeatable: false,
	},
	reactivateSubscribers: {
		method: 'POST',
		path: `${SUBSCRIBERS}/reactivate`,
		answer: removal(),
		noun: 'subscribers of page',
		isRepeatable: false,
	},
	resendSubscriberConfirmations: {
		method: 'POST',
		path: `${SUBSCRIBERS}/resend_confirmation`,
		answer: accepted,
		noun: 'subscribers of page',
		isRepeatable: false,
	},
	resendSubscriberConfirmation: {
		method: 'POST',
		path: `${SUBSCRIBER}/resend_confirmation`,
		answer: accepted,
		noun: 'subscriber',
		isRepeatable: false,
	},
	getSubscriber: { method: 'GET', path: SUBSCRIBER, answer: theSubscriber, noun: 'subscriber' },
	// Unlike the creation, it has no envelope. Without the IDs, the subscriber gets updates of all components.
	updateSubscriber: { method: 'PATCH', path: SUBSCRIBER, answer: theSubscriber, noun: 'subscriber' },
	deleteSubscriber: {
		method: 'DELETE',
		path: SUBSCRIBER,
		answer: removal(theSubscriber),
		settledBy: { get: 'getSubscriber' },
		noun: 'subscriber',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
