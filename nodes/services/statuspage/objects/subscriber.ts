import { subscriberName } from '../subscriptions/contact';
import { ObjectKind } from './objectKind';

/** Subscribers have no dropdown, since a page can have thousands of them. */
export const subscriber = new ObjectKind({
	noun: 'subscriber',
	parameter: 'subscriberId',
	label: 'Subscriber',
	description:
		'The subscriber, in any state. An email means the email subscriber with this email. If the search finds none, all subscribers are read, 100 per request.',
	modes: ['id', 'email'],
	list: 'listSubscribers',
	placedIn: 'page',
	nameOf: subscriberName,
	detailOf: ({ mode }) => mode,
	searchMethod: 'searchSubscribers',
});
