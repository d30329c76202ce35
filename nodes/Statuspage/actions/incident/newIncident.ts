import type { IDataObject } from 'n8n-workflow';
import { component } from '../../../services/statuspage/objects/component';
import type { StatuspageInput } from '../statuspageInput';
import { newComponentStatuses, rareIncidentBody, requireOrder, textsOf } from './incidentBody';
import { rareMaintenanceBody, transitions } from './maintenanceFields';
import type { TemplateFields } from './templateFields';

/** The value of 'Type'. */
export type IncidentType = 'backfilled' | 'realtime' | 'scheduled';

const DAY = 10;

/** Day and flags of a backfilled incident. It is about the past, so nobody is notified. */
function backfilledBody(input: StatuspageInput): IDataObject {
	const day = input.values.text('backfillDate');
	// The latest time zone is 14 hours ahead of UTC.
	const today = new Date(input.api.connection.clock.calendar() + 14 * 3_600_000).toISOString().slice(0, DAY);
	if (day > today)
		throw input.invalid(
			'backfillDate',
			`is ${day}, which is in the future`,
			"For the future, use the type 'Scheduled Maintenance'",
		);
	return { backfilled: true, backfill_date: day, deliver_notifications: false };
}

function maintenanceBody(input: StatuspageInput): IDataObject {
	const { values } = input;
	const [scheduled_for, scheduled_until] = [values.text('scheduledFor'), values.text('scheduledUntil')];
	requireOrder(input, scheduled_for, scheduled_until);
	return {
		scheduled_for,
		scheduled_until,
		...transitions(values),
		...rareMaintenanceBody(values.collection('additionalFields')),
	};
}

/** The fields of the item that need no request, named as in the API. Throws Failure for an invalid one. */
export function localBody(input: StatuspageInput, type: IncidentType): IDataObject {
	const { values } = input;
	const own = {
		realtime: () => ({}),
		scheduled: () => maintenanceBody(input),
		backfilled: () => backfilledBody(input),
	};
	return {
		...textsOf(input, values, values),
		...rareIncidentBody(input, values.collection('additionalFields')),
		...own[type](),
	};
}

/** Maintenances with these statuses have begun. */
const BEGUN = ['in_progress', 'verifying'];

/**
 * Affected components, named as in the API. A future maintenance never has a map of statuses, because it would change them now.
 *
 * @param status of a maintenance
 * @param template its components, where the item has none
 */
export async function componentsBody(
	input: StatuspageInput,
	pageId: string,
	{ type, status, template }: { type: IncidentType; status?: unknown; template?: TemplateFields },
): Promise<IDataObject> {
	if (type === 'backfilled') return {};
	if (type === 'realtime') {
		const statuses = await newComponentStatuses(input, pageId);
		if (statuses.size > 0) return { component_ids: [...statuses.keys()], components: Object.fromEntries(statuses) };
	} else {
		const ids = await input.idsOf(component, { pageId }, 'componentIds');
		const isNow =
			BEGUN.includes(String(status)) && input.values.choices('automaticTransitions').includes('componentsAtStart');
		if (ids.length > 0)
			return {
				component_ids: ids,
				...(isNow ? { components: Object.fromEntries(ids.map((id) => [id, 'under_maintenance'])) } : {}),
			};
	}
	return template && template.componentIds.length > 0 ? { component_ids: template.componentIds } : {};
}
