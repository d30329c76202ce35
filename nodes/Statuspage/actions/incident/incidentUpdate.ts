import type { IDataObject } from 'n8n-workflow';
import { component } from '../../../services/statuspage/objects/component';
import {
	CLOSED_STATUS,
	formOf,
	formWith,
	STATUS_NAMES,
	type IncidentForm,
} from '../../../services/statuspage/incidentForm';
import { componentsIn, requireComponents } from '../../../services/statuspage/incidentParts';
import type { Incident } from '../../../services/statuspage/endpoints';
import type { Values } from '../../../shared/operations/values';
import type { StatuspageInput } from '../statuspageInput';
import { newComponentStatuses, rareIncidentBody, requireOrder, textsOf } from './incidentBody';
import { CLOSED } from './incidentFields';
import { MAINTENANCE_ONLY, rareMaintenanceBody, transitions } from './maintenanceFields';

const FORM_NAMES: Record<IncidentForm, string> = { realtime: 'a real-time incident', scheduled: 'a maintenance' };

/** The change that an item asks for, without what depends on the incident. */
export interface WantedUpdate {
	/** A status, `closed`, or undefined for no change. */
	status?: string;
	/** Name, message and other fields, named as in the API. */
	fields: IDataObject;
	/** New statuses by component ID. */
	statuses: Map<string, string>;
	/** Further affected components. */
	addedIds: string[];
	/** Sets the components of the incident to operational. */
	resets: boolean;
	delivers: boolean;
}

/** The fields that need no request, named as in the API. Throws Failure for an invalid one. */
export function localChange(input: StatuspageInput, names: Values, rare: Values): IDataObject {
	const times = ['scheduledFor', 'scheduledUntil'].filter((name) => rare.has(name));
	const apiName = { scheduledFor: 'scheduled_for', scheduledUntil: 'scheduled_until' } as Record<string, string>;
	const fields = Object.fromEntries(times.map((name) => [apiName[name], rare.text(name)]));
	if (times.length === 2) requireOrder(input, fields.scheduled_for, fields.scheduled_until);
	return {
		...textsOf(input, names, input.values),
		...rareIncidentBody(input, rare),
		...fields,
		...transitions(rare),
		...rareMaintenanceBody(rare),
	};
}

/** Statuses and affected components of the item, by ID. */
export async function wantedComponents(
	input: StatuspageInput,
	pageId: string,
	rare?: Values,
): Promise<Pick<WantedUpdate, 'statuses' | 'addedIds'>> {
	return {
		statuses: await newComponentStatuses(input, pageId),
		addedIds: rare ? await input.idsOf(component, { pageId }, 'componentIds', { values: rare }) : [],
	};
}

/** @throws Failure if the status is one of the other form */
function statusFor(input: StatuspageInput, before: Incident, status: string | undefined): string | undefined {
	const form = formOf(before);
	if (status === undefined) return undefined;
	if (status === CLOSED) {
		if (form) return CLOSED_STATUS[form];
		throw input.invalid(
			'status',
			`is Closed, but the response does not show whether incident ${before.id} is an incident or a maintenance`,
			'Choose Resolved for an incident, or Completed for a maintenance',
		);
	}
	const given = formWith(status);
	if (!form || !given || given === form) return status;
	const isClosing = status === CLOSED_STATUS[given];
	throw input.invalid(
		'status',
		`must be one of ${Object.values(STATUS_NAMES[form]).join(', ')}, because "${before.name}" is ${FORM_NAMES[form]}, not ${STATUS_NAMES[given][status]}`,
		isClosing
			? `To end ${FORM_NAMES[form]}, use ${STATUS_NAMES[form][CLOSED_STATUS[form]]} (${CLOSED_STATUS[form]})`
			: undefined,
	);
}

/** @throws Failure for fields of the other form */
function requireFitting(input: StatuspageInput, before: Incident, rare: Values | undefined): void {
	const form = formOf(before);
	if (!rare || !form) return;
	const wrong = rare.names.find((name) =>
		form === 'realtime' ? MAINTENANCE_ONLY.includes(name) : name === 'reminderIntervals',
	);
	if (wrong)
		throw input.invalid(wrong, `does not apply to "${before.name}", which is ${FORM_NAMES[form]}`, 'Remove this field');
}

/** New statuses and affected components. The IDs contain the current ones, because Statuspage may replace the list. */
function componentsFor(
	input: StatuspageInput,
	before: Incident,
	{ statuses, addedIds, resets }: WantedUpdate,
	status: string | undefined,
): IDataObject {
	const isClosing = status !== undefined && Object.values(CLOSED_STATUS).includes(status);
	const isFuture = before.status === 'scheduled' && (status === undefined || status === 'scheduled');
	if (statuses.size > 0 && isFuture)
		throw input.invalid(
			'components',
			`would change the components now, but the maintenance "${before.name}" has not started`,
			"To add affected components, use 'Component Names or IDs' in 'Update Fields'. 'Automatic Transitions' change them at the start",
		);
	if (statuses.size === 0 && addedIds.length === 0 && !(resets && isClosing)) return {};
	const own = requireComponents(before);
	const reset = resets && isClosing ? own.filter(({ group }) => group !== true) : [];
	const components = Object.fromEntries([...reset.map(({ id }): [string, string] => [id, 'operational']), ...statuses]);
	const ids = new Set([...own.map(({ id }) => id), ...statuses.keys(), ...addedIds]);
	return {
		...(ids.size > 0 ? { component_ids: [...ids] } : {}),
		...(Object.keys(components).length > 0 ? { components } : {}),
	};
}

/**
 * The fields to send for the incident as it is now, named as in the API.
 *
 * @param rare the collection with rare fields
 * @throws Failure if a field does not fit the incident
 */
export function fieldsFor(input: StatuspageInput, before: Incident, wanted: WantedUpdate, rare?: Values): IDataObject {
	requireFitting(input, before, rare);
	const status = statusFor(input, before, wanted.status);
	const { scheduled_for: start = before.scheduled_for, scheduled_until: end = before.scheduled_until } = wanted.fields;
	if (wanted.fields.scheduled_for !== undefined || wanted.fields.scheduled_until !== undefined)
		requireOrder(input, start, end, wanted.fields.scheduled_until === undefined ? 'scheduledFor' : 'scheduledUntil');
	return {
		...wanted.fields,
		...(status === undefined ? {} : { status }),
		...componentsFor(input, before, wanted, status),
		deliver_notifications: wanted.delivers,
	};
}

/** True if notifications are on for an update of an incident without components. */
export function isForNobody(
	before: Incident,
	{ body, status, component_ids: ids, deliver_notifications: delivers }: IDataObject,
): boolean {
	const hasUpdate = body !== undefined || status !== undefined;
	return hasUpdate && delivers === true && ids === undefined && componentsIn(before)?.length === 0;
}
