import type { WebhookShape } from '../../options.mts';
import { incidentRow } from '../incidents.mts';
import type { Incident, Json, Page } from '../state.mts';

/** A change of a component's status. */
export interface StatusChange {
	id: string;
	componentId: string;
	oldStatus: unknown;
	newStatus: unknown;
	at: string;
}

const INDICATORS: Record<string, string> = {
	major_outage: 'critical',
	partial_outage: 'major',
	degraded_performance: 'minor',
	under_maintenance: 'maintenance',
};

/** Fields that only deliveries before 2024 had. */
const OLD_FIELDS = [
	'postmortem_body',
	'postmortem_body_last_updated_at',
	'postmortem_ignored',
	'postmortem_notified_subscribers',
	'postmortem_notified_twitter',
	'postmortem_published_at',
	'backfilled',
];
/** Fields that only later deliveries have. */
const NEW_FIELDS = ['metadata', 'started_at', 'reminder_intervals'];
/** Fields of the Manage API that no recorded delivery has. */
const MANAGE_ONLY = [
	'incident_impacts',
	'auto_transition_to_maintenance_state',
	'auto_transition_to_operational_state',
	'auto_transition_deliver_notifications_at_start',
	'auto_transition_deliver_notifications_at_end',
];
const OLD_COMPONENT_LACKS = ['group', 'only_show_if_degraded', 'start_date'];

function without(row: Json, names: readonly string[]): Json {
	return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

/** The fields that all deliveries have. The indicator is not reliable in recorded deliveries either. */
function head(page: Page, subscriberId: string, at: string): Json {
	const statuses = [...page.components.values()].map(({ status }) => status);
	const worst = Object.keys(INDICATORS).find((status) => statuses.includes(status));
	return {
		meta: {
			unsubscribe: `http://${String(page.row.subdomain)}.statuspage.io/?unsubscribe=${subscriberId}`,
			documentation: 'https://help.statuspage.io/help/webhook-notifications',
			generated_at: at,
		},
		page: {
			id: page.row.id,
			status_indicator: worst === undefined ? 'none' : INDICATORS[worst],
			status_description: worst === undefined ? 'All Systems Operational' : 'Some systems are affected',
		},
	};
}

function componentIn(row: Json, shape: WebhookShape): Json {
	return shape === 'old' ? without(row, OLD_COMPONENT_LACKS) : row;
}

/** The body of a post about an incident or a maintenance. It contains all updates, the newest first. */
export function incidentPayload(
	page: Page,
	incident: Incident,
	{ subscriberId, at, shape }: { subscriberId: string; at: string; shape: WebhookShape },
): Json {
	const row = incidentRow(page, incident);
	const isOld = shape === 'old';
	const components = (row.components as Json[]).map((component) => componentIn(component, shape));
	return {
		...head(page, subscriberId, at),
		incident: {
			...without(row, [...MANAGE_ONLY, ...(isOld ? NEW_FIELDS : OLD_FIELDS)]),
			...(isOld ? {} : { started_at: row.created_at }),
			components,
		},
	};
}

/** The body of a post about a component. The order of its keys differs between recorded deliveries. */
export function componentPayload(
	page: Page,
	{ id, componentId, oldStatus, newStatus, at }: StatusChange,
	{ subscriberId, shape }: { subscriberId: string; shape: WebhookShape },
): Json {
	const update = { id, component_id: componentId, old_status: oldStatus, new_status: newStatus, created_at: at };
	const row = { ...page.components.get(componentId), page_id: page.row.id, status: newStatus } as Json;
	const component_update = shape === 'old' ? update : { ...update, component_type: 'Component', state: 'sn_created' };
	const component = componentIn(row, shape);
	return {
		...head(page, subscriberId, at),
		...(shape === 'old' ? { component, component_update } : { component_update, component }),
	};
}
