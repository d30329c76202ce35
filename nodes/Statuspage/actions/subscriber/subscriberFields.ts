import type { Field } from '../../../shared/fields/field';

/** The types in the API. */
const TYPES = [
	{ name: 'Email', value: 'email' },
	{ name: 'Integration Partner', value: 'integration_partner' },
	{ name: 'Microsoft Teams', value: 'teams' },
	{ name: 'Slack', value: 'slack' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'Webhook', value: 'webhook' },
];

const STATES = [
	{ name: 'Active', value: 'active' },
	{ name: 'All', value: 'all' },
	{ name: 'Quarantined', value: 'quarantined', description: 'Not reachable, and unsubscribed after 90 days' },
	{ name: 'Unconfirmed', value: 'unconfirmed', description: 'The confirmation was not answered yet' },
];

export const typeField: Field = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: TYPES,
	default: 'email',
	description: 'How subscribers get notifications. Slack and Teams subscribers can be read, but not created.',
};

/** The API returns active subscribers only, unless it is told otherwise. */
export const stateField: Field = {
	displayName: 'State',
	name: 'state',
	type: 'options',
	options: STATES,
	default: 'all',
	description: 'State of the subscribers. The API would only return active ones by default.',
};

/**
 * The field shows for this choice, and must have a value there. It is not required in n8n's sense: if the choice is an expression, n8n
 * would require the fields of all choices.
 */
function shownFor(choice: 'all' | 'selected', field: Field): Field {
	return { ...field, whenEmpty: 'rejected', displayOptions: { show: { subscribers: [choice] } } };
}

/** For calls that concern all subscribers of a type. The user must choose it. */
export const chosenType: Field = shownFor('all', {
	...typeField,
	default: '',
	description: 'Only subscribers of this type',
});

export const chosenState: Field = shownFor('all', {
	...stateField,
	default: '',
	description: 'Only subscribers in this state',
});

/** The types that can be reactivated according to the API documentation. */
export const reactivatedType: Field = {
	...chosenType,
	options: TYPES.filter(({ value }) => value !== 'teams'),
};

/** The choice between some subscribers and all of them. An empty list never means all. */
export function whichSubscribers(all: { name: string; description: string }): Field {
	return {
		displayName: 'Subscribers',
		name: 'subscribers',
		type: 'options',
		options: [
			{ ...all, value: 'all' },
			{ name: 'Selected', value: 'selected', description: 'The subscribers with these IDs or emails' },
		],
		default: 'selected',
		description: 'Which subscribers to process. An empty list is never treated as all subscribers.',
	};
}

/** A text field, because a page can have thousands of subscribers, which is too many for a dropdown. */
export const selectedSubscribers: Field = shownFor('selected', {
	displayName: 'Subscriber IDs or Emails',
	name: 'subscriberIds',
	type: 'string',
	accepts: 'people',
	uses: ['listSubscribers'],
	default: '',
	placeholder: 'e.g. kctbh9vrtdwd, anna@example.com',
	description:
		'IDs of subscribers of any type, or emails of email subscribers, separated by commas, or an array from an expression. All items are sent together, at most 100 IDs per request.',
});

export const skipNotification: Field = {
	displayName: 'Skip Notification',
	name: 'skipNotification',
	type: 'boolean',
	default: false,
	description: 'Whether to unsubscribe without notifying the subscribers',
};
