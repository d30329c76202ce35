import type { INodeProperties } from 'n8n-workflow';
import { COMPONENT_EVENT_CHOICE, INCIDENT_EVENT_CHOICES } from '../services/statuspage/events/eventNames';
import { component } from '../services/statuspage/objects/component';
import { page } from '../services/statuspage/objects/page';
import type { EventFilter } from '../services/statuspage/webhooks/eventFilter';
import { COMPONENT_STATUSES, IMPACTS } from '../services/statuspage/statusChoices';
import { toProperty, type Field } from '../shared/fields/field';
import { filtersField } from '../shared/fields/lists';
import type { Values } from '../shared/operations/values';

const eventsField: Field = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [COMPONENT_EVENT_CHOICE, ...INCIDENT_EVENT_CHOICES],
	default: [],
	description: 'The events that start the workflow. Each event is one item.',
};

const filters = filtersField(
	[
		component.picks('componentIds', {
			description: 'Only events of these components, and of incidents that affected one of them at some time',
		}),
		{
			displayName: 'Impact',
			name: 'impacts',
			type: 'multiOptions',
			options: IMPACTS,
			default: [],
			description: 'Only events of incidents that had one of these impacts at some time',
		},
		{
			displayName: 'New Status',
			name: 'newStatuses',
			type: 'multiOptions',
			options: COMPONENT_STATUSES,
			default: [],
			description: 'Only changes of components to one of these statuses',
		},
		{
			displayName: 'Old Status',
			name: 'oldStatuses',
			type: 'multiOptions',
			options: COMPONENT_STATUSES,
			default: [],
			description: 'Only changes of components from one of these statuses',
		},
	],
	'Only some of the events. They apply after a post was received.',
);

const options: Field = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Contact Email',
			name: 'contactEmail',
			type: 'string',
			accepts: 'email',
			placeholder: 'name@email.com',
			default: '',
			description: 'Statuspage informs this address if posts to the workflow keep failing',
		},
		{
			displayName: 'Raw',
			name: 'raw',
			type: 'boolean',
			default: false,
			description: 'Whether to add the received post to each item, as "raw". It contains a link that unsubscribes.',
		},
		component.picks('subscribedComponentIds', {
			displayName: 'Subscribed Component Names or IDs',
			description:
				'The only components that Statuspage sends posts about, if your plan includes component subscriptions',
		}),
		{
			displayName: 'Verify',
			name: 'verify',
			type: 'boolean',
			default: true,
			description:
				'Whether to read the incident or component from the API before the workflow starts. Posts have no signature.',
		},
		{
			displayName: 'When Verification Fails',
			name: 'whenUnverified',
			type: 'options',
			options: [
				{
					name: 'Ask Statuspage to Deliver Again',
					value: 'retry',
					description: 'Answer with 503, so Statuspage sends the post again later',
				},
				{
					name: 'Start Unverified',
					value: 'startUnverified',
					description: 'Start with the content of the post and "isVerified: false"',
				},
			],
			default: 'retry',
			description: 'What to do if the API does not answer within 20 seconds',
		},
	],
};

/** The fields of the trigger. */
export const fields: Field[] = [page.locator, eventsField, filters, options];

export const properties: INodeProperties[] = fields.map(toProperty);

/** @param componentIds the IDs of the components in the filter */
export function filterOf(values: Values, componentIds: readonly string[]): EventFilter {
	const chosen = values.collection('filters');
	const listOf = (name: string) => chosen.choices(name);
	return {
		componentIds,
		impacts: listOf('impacts'),
		newStatuses: listOf('newStatuses'),
		oldStatuses: listOf('oldStatuses'),
	};
}
