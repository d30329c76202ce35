import type { Incident, Json, Page, Row } from './state.mts';

interface NewIncident {
	id: string;
	name: string;
	status: string;
	at: string;
}

/** An incident without updates. Booleans that were never set are null, as in recorded responses. */
export function newIncident({ id, name, status, at }: NewIncident): Incident {
	const row: Row = {
		id,
		name,
		status,
		created_at: at,
		updated_at: at,
		monitoring_at: null,
		resolved_at: null,
		impact_override: null,
		metadata: {},
		backfilled: false,
		postmortem_body: null,
		postmortem_body_last_updated_at: null,
		postmortem_ignored: false,
		postmortem_notified_subscribers: false,
		postmortem_notified_twitter: false,
		postmortem_published_at: null,
		scheduled_for: null,
		scheduled_until: null,
		scheduled_auto_in_progress: false,
		scheduled_auto_completed: false,
		scheduled_remind_prior: null,
		scheduled_reminded_at: null,
		auto_transition_to_maintenance_state: null,
		auto_transition_to_operational_state: null,
		auto_transition_deliver_notifications_at_start: null,
		auto_transition_deliver_notifications_at_end: null,
		reminder_intervals: null,
		shortlink: `https://stspg.example/${id.slice(0, 6)}`,
	};
	return { row, updates: [], componentIds: new Set(), subscribers: new Map() };
}

export interface NewUpdate {
	id: string;
	incidentId: string;
	status: unknown;
	body: unknown;
	at: string;
	affected: Json[];
	delivers: unknown;
}

/** `affected_components` is null if the update changed no component. */
export function newUpdate({ id, incidentId, status, body, at, affected, delivers }: NewUpdate): Row {
	return {
		id,
		incident_id: incidentId,
		status,
		body: body ?? '',
		created_at: at,
		updated_at: at,
		display_at: at,
		affected_components: affected.length > 0 ? affected : null,
		custom_tweet: null,
		deliver_notifications: delivers ?? true,
		tweet_id: null,
		twitter_updated_at: null,
		wants_twitter_update: false,
	};
}

export function isMaintenance({ scheduled_for: start }: Json): boolean {
	return start !== undefined && start !== null;
}

const IMPACTS: Record<string, string> = {
	major_outage: 'critical',
	partial_outage: 'major',
	degraded_performance: 'minor',
	under_maintenance: 'maintenance',
};

/** The impact is that of the component with the worst status, unless it was set. */
function impactOf(page: Page, { row, componentIds }: Incident): unknown {
	if (row.impact_override !== null) return row.impact_override;
	const statuses = [...componentIds].map((id) => page.components.get(id)?.status);
	const worst = Object.keys(IMPACTS).find((status) => statuses.includes(status));
	return worst === undefined ? 'none' : IMPACTS[worst];
}

/** The incident as in responses. */
export function incidentRow(page: Page, incident: Incident): Row {
	const components = [...incident.componentIds].flatMap((id) => {
		const component = page.components.get(id);
		return component ? [{ ...component, page_id: page.row.id }] : [];
	});
	return {
		...incident.row,
		page_id: page.row.id,
		impact: impactOf(page, incident),
		components,
		incident_updates: incident.updates,
		incident_impacts: [],
	};
}

/** Adds an incident to the list, which begins with the newest. */
export function addIncident(page: Page, incident: Incident): void {
	const createdAt = ({ row }: Incident) => String(row.created_at);
	const rows = [incident, ...page.incidents.values()].sort((a, b) =>
		createdAt(a) === createdAt(b) ? 0 : createdAt(a) < createdAt(b) ? 1 : -1,
	);
	page.incidents.clear();
	for (const row of rows) page.incidents.set(row.row.id, row);
}
