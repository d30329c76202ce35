import type { IDataObject } from 'n8n-workflow';
import { COMPONENT_EVENT } from './eventNames';
import type { IncidentEvent } from './incidentEvents';
import type { IncidentReading } from './incidentReading';

/** The page of an event. */
export interface EventPage {
	id: string;
	name: string | null;
	/** The address for visitors, without a trailing slash. */
	url: string | null;
}

/** A change of a component's status. */
export interface ComponentChange {
	id: string;
	name: string;
	groupId: string | null;
	oldStatus: string | null;
	newStatus: string;
	/** As it was received. */
	changedAt: string | null;
}

/** The fields of the page in each output. They are null for a page that was never read. */
export const pageFields = ({ id, name, url }: EventPage | { id: null; name: null; url: null }) => ({
	pageId: id,
	pageName: name,
	pageUrl: url,
});

/** The output of an event of an incident or a maintenance: one flat object, in which all fields are always present. */
export function incidentEventOutput(page: EventPage, incident: IncidentReading, change: IncidentEvent): IDataObject {
	const { id, name, impact, components, shortlink } = incident;
	const { event, update, oldStatus, newStatus } = change;
	return {
		event,
		...pageFields(page),
		incidentId: id,
		incidentName: name,
		impact,
		oldStatus,
		newStatus,
		updateId: update?.id ?? null,
		updateText: update?.text ?? null,
		updatedAt: update?.at ?? null,
		componentIds: components.map((component) => component.id),
		componentNames: components.map((component) => component.name ?? component.id),
		scheduledFor: incident.scheduledFor,
		scheduledUntil: incident.scheduledUntil,
		startedAt: incident.startedAt,
		resolvedAt: incident.resolvedAt,
		incidentUrl: shortlink ?? (page.url === null ? null : `${page.url}/incidents/${id}`),
	};
}

/** The output of a change of a component's status: one flat object, in which all fields are always present. */
export function componentEventOutput(page: EventPage, change: ComponentChange): IDataObject {
	const { id, name, groupId, oldStatus, newStatus, changedAt } = change;
	return {
		event: COMPONENT_EVENT,
		...pageFields(page),
		componentId: id,
		componentName: name,
		componentGroupId: groupId,
		oldStatus,
		newStatus,
		changedAt,
	};
}
