import { nameKey } from '../../../shared/client/matching';
import type { IncidentReading } from '../events/incidentReading';

/** The filters of the trigger. Undefined is no filter. */
export interface PageFilters {
	/** Names or IDs of components. */
	components?: string[];
	/** Impacts of incidents. */
	impacts?: string[];
	/** New statuses of components. */
	newStatuses?: string[];
}

/** In an incident, the name of a component in a group can begin with the name of the group. */
function isNamed(entry: string, name: string | null, id: string): boolean {
	const [key, full] = [nameKey(entry), nameKey(name)];
	return entry === id || key === full || full.endsWith(` - ${key}`);
}

export function isChosenComponent(
	{ components }: PageFilters,
	{ id, name }: { id: string; name: string | null },
): boolean {
	return components === undefined || components.some((entry) => isNamed(entry, name, id));
}

/** The impact of a maintenance can be any, so it is not compared. */
export function passesFilters(filters: PageFilters, { impact, isMaintenance, components }: IncidentReading): boolean {
	const hasComponent =
		filters.components === undefined || components.some((component) => isChosenComponent(filters, component));
	const hasImpact = isMaintenance || filters.impacts === undefined || filters.impacts.includes(impact ?? 'none');
	return hasComponent && hasImpact;
}
