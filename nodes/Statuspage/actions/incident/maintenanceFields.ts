import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../../shared/fields/field';
import type { Values } from '../../../shared/operations/values';

const time = (name: string, displayName: string, description: string): Field => ({
	displayName,
	name,
	type: 'dateTime',
	accepts: 'instant',
	whenEmpty: 'rejected',
	default: '',
	description: `${description}. A time without a time zone is in the time zone of the workflow.`,
});

export const scheduledFor = time('scheduledFor', 'Scheduled For', 'Start of the maintenance');
export const scheduledUntil = time(
	'scheduledUntil',
	'Scheduled Until',
	"End of the maintenance, after 'Scheduled For'",
);

/** Values of 'Automatic Transitions', and their names in the API. */
const TRANSITIONS: Record<string, string> = {
	componentsAtEnd: 'auto_transition_to_operational_state',
	componentsAtStart: 'auto_transition_to_maintenance_state',
	end: 'scheduled_auto_completed',
	start: 'scheduled_auto_in_progress',
};

/** Values of 'Tweets', and their names in the API. */
const TWEETS: Record<string, string> = {
	hourBefore: 'auto_tweet_one_hour_before',
	onCreation: 'auto_tweet_on_creation',
	atEnd: 'auto_tweet_on_completion',
	atStart: 'auto_tweet_at_beginning',
};

/** What happens by itself at the start and at the end. Without it, a maintenance stays scheduled until somebody updates it. */
export const automaticTransitions: Field = {
	displayName: 'Automatic Transitions',
	name: 'automaticTransitions',
	type: 'multiOptions',
	options: [
		{ name: 'Complete Maintenance at End', value: 'end' },
		{ name: 'Set Components to Operational at End', value: 'componentsAtEnd' },
		{ name: 'Set Components to Under Maintenance at Start', value: 'componentsAtStart' },
		{ name: 'Start Maintenance at Start', value: 'start' },
	],
	default: ['start', 'end', 'componentsAtStart', 'componentsAtEnd'],
	whenEmpty: 'clears',
	description: 'What Statuspage does by itself at the scheduled times. Transitions not selected here are turned off.',
};

const flag = (name: string, displayName: string, description: string): Field => ({
	displayName,
	name,
	type: 'boolean',
	default: true,
	description,
});

/** Rare fields of maintenances, sorted by label. */
export const rareMaintenanceFields: Field[] = [
	flag('notifyAtEnd', 'Notify at End', 'Whether to notify subscribers when the maintenance completes automatically'),
	flag('notifyAtStart', 'Notify at Start', 'Whether to notify subscribers when the maintenance starts automatically'),
	flag('remindPrior', 'Remind Before Start', 'Whether to remind subscribers 60 minutes before the start'),
	{
		displayName: 'Tweets',
		name: 'tweets',
		type: 'multiOptions',
		options: [
			{ name: '1 Hour Before', value: 'hourBefore' },
			{ name: 'At End', value: 'atEnd' },
			{ name: 'At Start', value: 'atStart' },
			{ name: 'On Creation', value: 'onCreation' },
		],
		default: [],
		whenEmpty: 'clears',
		description: 'When to tweet automatically. Tweets not selected here are turned off.',
	},
];

const FLAGS: Record<string, string> = {
	notifyAtEnd: 'auto_transition_deliver_notifications_at_end',
	notifyAtStart: 'auto_transition_deliver_notifications_at_start',
	remindPrior: 'scheduled_remind_prior',
};

/** The names of fields that only maintenances have. */
export const MAINTENANCE_ONLY = [
	'scheduledFor',
	'scheduledUntil',
	'automaticTransitions',
	'tweets',
	...Object.keys(FLAGS),
];

/** All flags of a list, true for the selected ones. */
function selected(values: Values, name: string, apiNames: Record<string, string>): IDataObject {
	if (!values.has(name)) return {};
	const choices = values.choices(name);
	return Object.fromEntries(Object.entries(apiNames).map(([choice, apiName]) => [apiName, choices.includes(choice)]));
}

/** The transitions of the collection or item, named as in the API. */
export function transitions(values: Values): IDataObject {
	return selected(values, 'automaticTransitions', TRANSITIONS);
}

/** The rare fields that were added, named as in the API. */
export function rareMaintenanceBody(values: Values): IDataObject {
	const flags = Object.entries(FLAGS).filter(([name]) => values.has(name));
	return {
		...Object.fromEntries(flags.map(([name, apiName]) => [apiName, values.flag(name)])),
		...selected(values, 'tweets', TWEETS),
	};
}
