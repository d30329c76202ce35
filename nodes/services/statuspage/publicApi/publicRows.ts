import type { IDataObject } from 'n8n-workflow';
import { onlyFields } from '../../../shared/fields/simplify';
import type { Feed, PublicComponent, PublicIncident, PublicPage, PublicUpdate } from './feeds';
import { indicatorOf } from './indicator';

/** A message can have 25,000 characters, which is too long for a list or an AI model. */
const MOST_CHARACTERS = 500;

function shortened(text: string): string {
	return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function latestUpdate({ incident_updates: [latest] }: PublicIncident): IDataObject | null {
	if (!latest) return null;
	return { ...onlyFields(latest, ['id', 'status', 'display_at']), body: shortened(latest.body ?? '') };
}

/** The components that an update names. An entry without a code says that there is none. */
function componentsNamedIn({ affected_components: affected }: PublicUpdate): IDataObject[] {
	return (affected ?? []).flatMap(({ code, name }) => (code ? [{ id: code, name: name ?? null, status: null }] : []));
}

/**
 * The components of an incident. Pages remove them when the incident is resolved, so an empty list is replaced by the components of the
 * newest update that names any. Null if the answer does not contain them.
 */
export function componentsOfIncident({ components, incident_updates: updates }: PublicIncident): IDataObject[] | null {
	if (!components) return null;
	if (components.length > 0) return components.map((row) => onlyFields(row, ['id', 'name', 'status']));
	return updates.map(componentsNamedIn).find((named) => named.length > 0) ?? [];
}

/** The address of an incident on its page; null if the page has no address. */
export function linkOf({ id, shortlink }: PublicIncident, { url }: PublicPage): string | null {
	if (shortlink) return shortlink;
	return url ? `${url.replace(/\/+$/, '')}/incidents/${id}` : null;
}

function rowWith(fields: readonly string[], incident: PublicIncident, page: PublicPage): IDataObject {
	return {
		...onlyFields(incident, fields),
		shortlink: linkOf(incident, page),
		components: componentsOfIncident(incident),
		latest_update: latestUpdate(incident),
	};
}

const INCIDENT_FIELDS = ['id', 'name', 'status', 'impact', 'created_at', 'updated_at', 'started_at', 'resolved_at'];

/** An incident with few fields. Times are as the page returns them. */
export function incidentRow(incident: PublicIncident, page: PublicPage): IDataObject {
	return rowWith(INCIDENT_FIELDS, incident, page);
}

/** `started_at` of a maintenance is the time of its announcement, and `resolved_at` that of its completion. */
const MAINTENANCE_FIELDS = [
	'id',
	'name',
	'status',
	'impact',
	'scheduled_for',
	'scheduled_until',
	'created_at',
	'updated_at',
	'resolved_at',
];

/** A maintenance with few fields. */
export function maintenanceRow(maintenance: PublicIncident, page: PublicPage): IDataObject {
	return rowWith(MAINTENANCE_FIELDS, maintenance, page);
}

/** Components with few fields, and the name of their component group. Groups have `group: true`. */
export function componentRows(components: PublicComponent[]): IDataObject[] {
	const groups = new Map(components.filter(({ group }) => group).map(({ id, name }) => [id, name]));
	return components.map((row) => ({
		...onlyFields(row, ['id', 'name', 'status', 'description']),
		group: row.group === true,
		groupName: row.group_id ? (groups.get(row.group_id) ?? null) : null,
		...onlyFields(row, ['updated_at']),
	}));
}

/** The page of a row. */
export function pageFields({ id, name, url }: PublicPage): IDataObject {
	return { pageId: id, pageName: name ?? null, pageUrl: url ?? null };
}

/**
 * The whole page in one row. Indicator, components and incidents are three statements, which can differ. Component groups are left out.
 */
export function summaryRow({ page, status, components, ...rest }: Feed<'summary'>): IDataObject {
	const services = componentRows(components).filter(({ group }) => group === false);
	return {
		...pageFields(page),
		pageUpdatedAt: page.updated_at ?? null,
		...indicatorOf(status),
		description: status.description ?? null,
		openIncidents: rest.incidents.length,
		openMaintenances: rest.scheduled_maintenances.length,
		componentsNotOperational: services.filter((row) => row.status !== 'operational').length,
		incidents: rest.incidents.map((incident) => incidentRow(incident, page)),
		maintenances: rest.scheduled_maintenances.map((maintenance) => maintenanceRow(maintenance, page)),
		components: services.map((row) => onlyFields(row, ['id', 'name', 'status', 'groupName'])),
	};
}
