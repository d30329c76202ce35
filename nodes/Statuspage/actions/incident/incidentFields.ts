import { component } from '../../../services/statuspage/objects/component';
import { STATUS_NAMES, type IncidentForm } from '../../../services/statuspage/incidentForm';
import { COMPONENT_STATUSES, IMPACTS } from '../../../services/statuspage/statusChoices';
import type { Field } from '../../../shared/fields/field';

export const MOST_NAME_CHARACTERS = 255;
export const MOST_MESSAGE_CHARACTERS = 25_000;

type Choices = Array<{ name: string; value: string; description?: string }>;

/** Choices sorted by name. */
function sorted(choices: Choices): Choices {
	return [...choices].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function statusChoices(...forms: IncidentForm[]): Choices {
	return forms.flatMap((form) => Object.entries(STATUS_NAMES[form]).map(([value, name]) => ({ name, value })));
}

/** A field for the status of a new incident. */
export function newStatusField(form: IncidentForm, extra: Partial<Field>): Field {
	const [first] = Object.values(STATUS_NAMES[form]);
	return {
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: sorted([
			{ name: 'Default', value: 'default', description: `${first}, or that of the template` },
			...statusChoices(form),
		]),
		default: 'default',
		description: 'First status of the incident or maintenance',
		...extra,
	};
}

/** The value of 'Status' that fits incidents and maintenances. */
export const CLOSED = 'closed';

export const changedStatus: Field = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: sorted([
		{ name: 'Closed', value: CLOSED, description: 'Resolved for incidents, Completed for maintenances' },
		{ name: 'No Change', value: 'unchanged' },
		...statusChoices('realtime', 'scheduled'),
	]),
	default: 'unchanged',
	description:
		'New status. Incidents and maintenances have different statuses. Their components keep their own statuses.',
};

export const incidentName: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Payments unavailable',
	description: `Title on the page, with at most ${MOST_NAME_CHARACTERS} characters`,
};

export const message: Field = {
	displayName: 'Message',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Card payments are not available.',
	description: 'Text of the update that is posted and sent to subscribers, with at most 25,000 characters',
};

export const deliverNotifications: Field = {
	displayName: 'Deliver Notifications',
	name: 'deliverNotifications',
	type: 'boolean',
	default: true,
	description:
		'Whether to notify subscribers about this now. The choice is for this update only, so later updates notify again unless you turn it off there.',
};

/** Components with their new statuses. A row has any number of components, so an expression can list them. */
export const componentStatuses: Field = {
	displayName: 'Components',
	name: 'components',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add components',
	default: {},
	whenEmpty: 'omitted',
	description:
		'Affected components with their new statuses. They change immediately. Use expressions inside a row, not for all rows.',
	options: [
		{
			displayName: 'Component',
			name: 'component',
			values: [
				component.picks('componentIds', { required: true }),
				{
					displayName: 'New Status',
					name: 'status',
					type: 'options',
					options: COMPONENT_STATUSES,
					default: 'degraded_performance',
					description: 'New status of these components',
				},
			],
		},
	],
};

export const impactOverride: Field = {
	displayName: 'Impact Override',
	name: 'impactOverride',
	type: 'options',
	options: IMPACTS,
	default: 'minor',
	description: 'Impact shown on the page. Without it, Statuspage calculates the impact from the affected components.',
};

export const metadata: Field = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	default: '{}',
	description: 'Data for other programs, e.g. {"data": {"alert": "a1"}}. Each top-level value must be an object.',
};

export const reminderIntervals: Field = {
	displayName: 'Reminders',
	name: 'reminderIntervals',
	type: 'string',
	default: '',
	whenEmpty: 'rejected',
	placeholder: 'e.g. 1, 5, 10',
	description:
		'When team members are reminded of an open incident: hours after its start (1, 5, 10), an interval (every 4), off, or default (3, 6, 12, 24)',
};

/** Resolving alone does not change components. */
export const resetComponents: Field = {
	displayName: 'Set Components to Operational',
	name: 'resetComponents',
	type: 'boolean',
	default: false,
	displayOptions: { show: { status: [CLOSED, 'resolved', 'completed'] } },
	description:
		'Whether to set the components of this incident to Operational. Otherwise they keep their statuses. Components listed below get the status given there.',
};
