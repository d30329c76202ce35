import { incidentRow, isMaintenance } from './incidents.mts';
import type { Incident, Json, Page } from './state.mts';

/** The newest incidents or maintenances of a feed. There is no paging. */
const MOST = 50;

/** Picks the fields that a public answer has. A field that the object lacks is null, as in recorded answers. */
function only(row: Json, fields: readonly string[]): Json {
	return Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
}

const COMPONENT_FIELDS = [
	'id',
	'name',
	'status',
	'created_at',
	'updated_at',
	'position',
	'description',
	'showcase',
	'start_date',
	'group_id',
	'page_id',
	'group',
	'only_show_if_degraded',
];
const INCIDENT_FIELDS = [
	'id',
	'name',
	'status',
	'created_at',
	'updated_at',
	'monitoring_at',
	'resolved_at',
	'impact',
	'shortlink',
	'started_at',
	'page_id',
];
const UPDATE_FIELDS = [
	'id',
	'status',
	'body',
	'incident_id',
	'created_at',
	'updated_at',
	'display_at',
	'affected_components',
	'deliver_notifications',
	'custom_tweet',
	'tweet_id',
];

function componentRows(page: Page): Json[] {
	const rows = [...page.components.values()];
	return rows.map((row) => ({
		...only({ ...row, page_id: page.row.id }, COMPONENT_FIELDS),
		...(row.group ? { components: rows.filter(({ group_id }) => group_id === row.id).map(({ id }) => id) } : {}),
	}));
}

/** Metadata, postmortems, and most settings of an incident are not public. */
function publicIncident(page: Page, incident: Incident): Json {
	const row = incidentRow(page, incident);
	const times = isMaintenance(row) ? ['scheduled_for', 'scheduled_until'] : [];
	return {
		...only({ started_at: row.created_at, ...row }, INCIDENT_FIELDS),
		incident_updates: incident.updates.map((update) => only(update, UPDATE_FIELDS)),
		components: (row.components as Json[]).map((component) => only(component, COMPONENT_FIELDS)),
		...only(row, times),
	};
}

const CLOSED = ['resolved', 'completed', 'postmortem'];

function newest(page: Page, keep: (row: Json) => boolean): Json[] {
	const found = [...page.incidents.values()].filter(({ row }) => keep(row));
	return found.slice(0, MOST).map((incident) => publicIncident(page, incident));
}

/** The times of all parts of a page. */
function lastChange(page: Page): string {
	const rows = [page.row, ...page.components.values(), ...[...page.incidents.values()].map(({ row }) => row)];
	return rows.map(({ updated_at: at }) => String(at)).reduce((last, at) => (at > last ? at : last));
}

export function publicPageRow(page: Page): Json {
	const { id, name, domain, subdomain, time_zone } = page.row;
	return {
		id,
		name,
		url: domain ? `https://${String(domain)}` : `https://${String(subdomain)}.statuspage.io`,
		time_zone,
		updated_at: lastChange(page),
	};
}

const INDICATORS: ReadonlyArray<[status: string, indicator: string, description: string]> = [
	['major_outage', 'major', 'Partial System Outage'],
	['partial_outage', 'minor', 'Partially Degraded Service'],
	['degraded_performance', 'minor', 'Minor Service Outage'],
	['under_maintenance', 'maintenance', 'Service Under Maintenance'],
];

/** The indicator is that of the components alone: an open incident can be behind a green page. */
function statusRow(page: Page): Json {
	const statuses = [...page.components.values()].filter(({ group }) => !group).map(({ status }) => status);
	if (statuses.length > 0 && statuses.every((status) => status === 'major_outage'))
		return { indicator: 'critical', description: 'Major System Outage' };
	const [, indicator = 'none', description = 'All Systems Operational'] =
		INDICATORS.find(([status]) => statuses.includes(status)) ?? [];
	return { indicator, description };
}

const isOpen = (row: Json) => !CLOSED.includes(String(row.status));
const maintenances = (page: Page, keep: (row: Json) => boolean) => ({
	scheduled_maintenances: newest(page, (row) => isMaintenance(row) && keep(row)),
});
const incidents = (page: Page, keep: (row: Json) => boolean) => ({
	incidents: newest(page, (row) => !isMaintenance(row) && keep(row)),
});

/** The content of each feed besides the page, by its path. */
export const PUBLIC_FEEDS: Readonly<Record<string, (page: Page) => Json>> = {
	'summary.json': (page) => ({
		components: componentRows(page),
		...incidents(page, isOpen),
		...maintenances(page, isOpen),
		status: statusRow(page),
	}),
	'status.json': (page) => ({ status: statusRow(page) }),
	'components.json': (page) => ({ components: componentRows(page) }),
	'incidents.json': (page) => incidents(page, () => true),
	'incidents/unresolved.json': (page) => incidents(page, isOpen),
	'scheduled-maintenances.json': (page) => maintenances(page, () => true),
	'scheduled-maintenances/upcoming.json': (page) => maintenances(page, ({ status }) => status === 'scheduled'),
	'scheduled-maintenances/active.json': (page) =>
		maintenances(page, ({ status }) => status === 'in_progress' || status === 'verifying'),
};
