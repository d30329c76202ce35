import type { ComponentChange } from '../events/eventOutput';
import type { IncidentReading } from '../events/incidentReading';

/** What a workflow wants to know. Empty lists let everything through. */
export interface EventFilter {
	componentIds: readonly string[];
	impacts: readonly string[];
	oldStatuses: readonly string[];
	newStatuses: readonly string[];
}

const lets = (wanted: readonly string[], value: string | null) =>
	wanted.length === 0 || (value !== null && wanted.includes(value));

/** True if the filter lets the incident through as it is now. */
export function letsIncident({ componentIds, impacts }: EventFilter, { components, impact }: IncidentReading): boolean {
	const hasComponent = componentIds.length === 0 || components.some(({ id }) => componentIds.includes(id));
	return hasComponent && lets(impacts, impact);
}

export function letsComponent(
	{ componentIds, oldStatuses, newStatuses }: EventFilter,
	{ id, oldStatus, newStatus }: ComponentChange,
): boolean {
	return lets(componentIds, id) && lets(oldStatuses, oldStatus) && lets(newStatuses, newStatus);
}
