import { subscriberName } from '../subscriptions/contact';
import { ObjectKind } from './objectKind';

export const incidentSubscriber = new ObjectKind({
	noun: 'incident subscriber',
	parameter: 'incidentSubscriberId',
	label: 'Incident Subscriber',
	description: 'The subscriber of the incident. By email, all subscribers of the incident are read, 100 per request.',
	modes: ['id', 'email'],
	list: 'listIncidentSubscribers',
	placedIn: 'incident',
	nameOf: subscriberName,
	detailOf: ({ mode }) => mode,
	searchMethod: 'searchIncidentSubscribers',
});
