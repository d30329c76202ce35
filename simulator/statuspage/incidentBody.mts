import { ApiError, fields, flag, idList, optionalText, text } from './route.mts';
import { Problem } from '../service.mts';
import { isMaintenance } from './incidents.mts';
import type { Json } from './state.mts';

const REALTIME = ['investigating', 'identified', 'monitoring', 'resolved'];
const SCHEDULED = ['scheduled', 'in_progress', 'verifying', 'completed'];
const COMPONENT_STATUSES = [
	'operational',
	'under_maintenance',
	'degraded_performance',
	'partial_outage',
	'major_outage',
	'',
];
/** Of maintenances, as in responses. */
export const FLAGS = [
	'scheduled_remind_prior',
	'auto_transition_to_maintenance_state',
	'auto_transition_to_operational_state',
	'scheduled_auto_in_progress',
	'scheduled_auto_completed',
	'auto_transition_deliver_notifications_at_start',
	'auto_transition_deliver_notifications_at_end',
];
/** Accepted, but not part of responses. */
const SENT_FLAGS = [
	'deliver_notifications',
	'auto_tweet_at_beginning',
	'auto_tweet_on_completion',
	'auto_tweet_on_creation',
	'auto_tweet_one_hour_before',
	'backfilled',
	'scheduled_auto_transition',
];

const incidentFields = fields({
	name: text,
	status: { type: 'string', enum: [...REALTIME, ...SCHEDULED] },
	impact_override: { type: 'string', enum: ['none', 'maintenance', 'minor', 'major', 'critical'] },
	scheduled_for: text,
	scheduled_until: text,
	...Object.fromEntries([...FLAGS, ...SENT_FLAGS].map((name) => [name, flag])),
	reminder_intervals: optionalText,
	metadata: { type: 'object' },
	backfill_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
	body: text,
	components: { type: 'object', additionalProperties: { type: 'string', enum: COMPONENT_STATUSES } },
	component_ids: idList,
});
/** Of a new or changed incident. */
export const body = fields({ incident: incidentFields }, ['incident']);

/** Of a changed update. */
export const updateBody = fields(
	{
		incident_update: fields({
			wants_twitter_update: flag,
			body: text,
			display_at: text,
			deliver_notifications: flag,
		}),
	},
	['incident_update'],
);

export function invalid(message: string): ApiError {
	return new ApiError(422, message);
}

/** How the server reads a time without a zone is not documented, so the simulator rejects it. */
export function instant(value: unknown): string {
	const given = String(value);
	if (!/(Z|[+-]\d{2}:?\d{2})$/.test(given)) throw new Problem(`the time ${given} has no time zone`);
	const date = new Date(given);
	if (Number.isNaN(date.getTime())) throw invalid('Time is invalid');
	return date.toISOString();
}

/** The documented forms: null, "[1, 5, 7]", "4" and "[]". */
function requireReminders(value: unknown): void {
	if (value === null) return;
	const parsed: unknown = /^(\[.*\]|\d+)$/.test(String(value)) ? JSON.parse(String(value)) : undefined;
	const hours = [parsed].flat();
	const isValid = hours.every(
		(hour, index) =>
			Number.isInteger(hour) &&
			Number(hour) >= 1 &&
			Number(hour) <= 24 &&
			(index === 0 || Number(hour) > Number(hours[index - 1])),
	);
	if (!isValid) throw invalid('Reminder intervals are invalid');
}

/** @throws ApiError for values that the service rejects */
export function requireFields(wanted: Json, row: Json): void {
	const { name, body: message, metadata, backfilled, components, component_ids: ids } = wanted;
	if (name !== undefined && String(name).trim() === '') throw invalid("Name can't be blank");
	if (String(name ?? '').length > 255) throw invalid('Name is too long (maximum is 255 characters)');
	if (String(message ?? '').length > 25_000) throw invalid('Body is too long (maximum is 25000 characters)');
	const isFlat = Object.values((metadata ?? {}) as Json).some(
		(value) => typeof value !== 'object' || value === null || Array.isArray(value),
	);
	if (isFlat) throw invalid('Metadata top level values must be objects');
	if (backfilled === true && (components !== undefined || ids !== undefined))
		throw invalid('Components cannot be specified for backfilled incidents');
	const after = { ...row, ...times(wanted) } as Json;
	const [start, end] = [after.scheduled_for, after.scheduled_until] as Array<string | null>;
	if (!start !== !end) throw invalid("Scheduled until can't be blank");
	if (start && end && Date.parse(end) <= Date.parse(start))
		throw invalid('Scheduled until must be after scheduled for');
	const statuses = isMaintenance(after) ? SCHEDULED : REALTIME;
	if (wanted.status !== undefined && !statuses.includes(String(wanted.status))) throw invalid('Status is invalid');
	if (wanted.reminder_intervals !== undefined) {
		if (isMaintenance(after)) throw invalid('Reminder intervals are not applicable for scheduled maintenance');
		requireReminders(wanted.reminder_intervals);
	}
}

/** The times of a maintenance that were sent, in UTC. */
export function times({ scheduled_for: start, scheduled_until: end }: Json): Json {
	return {
		...(start === undefined ? {} : { scheduled_for: instant(start) }),
		...(end === undefined ? {} : { scheduled_until: instant(end) }),
	};
}
