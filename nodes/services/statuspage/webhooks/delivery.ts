import { isObject } from '../../../shared/client/answer';
import { pathSegment } from '../../../shared/http/pathSegment';
import { incidentReading, type IncidentReading } from '../events/incidentReading';

/** A post about the status of a component. */
export interface DeliveredChange {
	id: string;
	componentId: string;
	/** As in the post. */
	name: string;
	groupId: string | null;
	oldStatus: string | null;
	newStatus: string;
	createdAt: string | null;
}

/** A post that starts no run, with the HTTP status of its answer. */
export interface IgnoredDelivery {
	kind: 'ignored';
	status: 200 | 400;
	reason: string;
}

/** A post of Statuspage. None of its content is proven. */
export type Delivery =
	| { kind: 'incident'; incident: IncidentReading }
	| { kind: 'component'; change: DeliveredChange }
	| IgnoredDelivery;

/** The longest ID. Known ones have 12 characters. */
const LONGEST_ID = 64;
/** The most updates of an incident in a post. */
const MOST_UPDATES = 1000;

function idIn(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > LONGEST_ID) return undefined;
	try {
		return pathSegment(value) === value ? value : undefined;
	} catch {
		return undefined;
	}
}

const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A post that this page can have sent. A repetition would not change it, so it counts as received. */
const unknown = (reason: string): IgnoredDelivery => ({ kind: 'ignored', status: 200, reason });
const foreign = (reason: string): IgnoredDelivery => ({ kind: 'ignored', status: 400, reason });

function incidentIn(row: Record<string, unknown>): Delivery {
	const { id, name, status, incident_updates: updates } = row;
	const isTooLong = Array.isArray(updates) && updates.length > MOST_UPDATES;
	if (idIn(id) === undefined || typeof name !== 'string' || typeof status !== 'string' || isTooLong)
		return unknown('The incident is not understood');
	return { kind: 'incident', incident: incidentReading({ ...row, id: id as string, name, status }) };
}

function componentIn(row: Record<string, unknown>, update: Record<string, unknown>): Delivery {
	const id = idIn(update.id);
	const componentId = idIn(update.component_id);
	const newStatus = textIn(update.new_status);
	if (id === undefined || componentId === undefined || newStatus === null || row.id !== componentId)
		return unknown('The component update is not understood');
	return {
		kind: 'component',
		change: {
			id,
			componentId,
			name: textIn(row.name) ?? componentId,
			groupId: textIn(row.group_id),
			oldStatus: textIn(update.old_status),
			newStatus,
			createdAt: textIn(update.created_at),
		},
	};
}

/**
 * Reads the body of a post. Fields that only some posts have are optional, and unknown ones are not used. `page.status_indicator` is not
 * used either, because it can be wrong.
 *
 * @param pageId the page of the workflow
 */
export function parseDelivery(body: unknown, pageId: string): Delivery {
	if (!isObject(body) || !isObject(body.page)) return foreign('The body is not a post of Statuspage');
	if (body.page.id !== pageId) return foreign('The post is about another page');
	// Other services copy the format, and add a type. Posts of Statuspage have none.
	if ('event_type' in body) return foreign('The body is not a post of Statuspage');
	const { incident, component, component_update: update } = body;
	if (isObject(incident)) return incidentIn(incident);
	if (isObject(component) && isObject(update)) return componentIn(component, update);
	return unknown('The post contains neither an incident nor a component update');
}
