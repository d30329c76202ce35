import { many, one, removal } from '../../../shared/client/answer';
import { accepted } from './accepted';
import { PAGE, PER_PAGE, type StatuspageEndpoint } from './statuspageEndpoint';
import { subscriber } from './subscriber';

const SUBSCRIBERS = `${PAGE}/incidents/{incidentId}/subscribers` as const;
const SUBSCRIBER = `${SUBSCRIBERS}/{incidentSubscriberId}` as const;

const theSubscriber = one(subscriber, 'incident subscriber', 'incidentSubscriberId');

export const incidentSubscriberEndpoints = {
	listIncidentSubscribers: {
		method: 'GET',
		path: SUBSCRIBERS,
		paging: PER_PAGE,
		answer: many(subscriber, 'incident subscriber'),
		noun: 'subscribers of incident',
	},
	createIncidentSubscriber: {
		method: 'POST',
		path: SUBSCRIBERS,
		envelope: 'subscriber',
		answer: one(subscriber, 'incident subscriber'),
		noun: 'subscriber of incident',
		advice: { 404: 'Check the page and the incident. Only incidents that are not resolved accept subscribers' },
		isRepeatable: false,
	},
	getIncidentSubscriber: { method: 'GET', path: SUBSCRIBER, answer: theSubscriber, noun: 'incident subscriber' },
	deleteIncidentSubscriber: {
		method: 'DELETE',
		path: SUBSCRIBER,
		answer: removal(theSubscriber),
		settledBy: { get: 'getIncidentSubscriber' },
		noun: 'incident subscriber',
	},
	resendIncidentSubscriberConfirmation: {
		method: 'POST',
		path: `${SUBSCRIBER}/resend_confirmation`,
		answer: accepted,
		noun: 'incident subscriber',
		isRepeatable: false,
	},
} as const satisfies Record<string, StatuspageEndpoint>;
