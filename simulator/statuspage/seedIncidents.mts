import { newIncident, newUpdate } from './incidents.mts';
import type { Json, Page } from './state.mts';

const NEWEST_AT = Date.parse('2026-01-05T08:00:00.000Z');
const HOUR_MS = 3_600_000;

/** Seeded incidents repeat these, from the newest on. */
const KINDS: ReadonlyArray<{ name: string; status: string; components: number; fields?: Json }> = [
	{ name: 'API errors', status: 'investigating', components: 2 },
	{ name: 'Slow logins', status: 'identified', components: 1, fields: { metadata: { data: { alert: 'a1' } } } },
	{ name: 'Delayed mails', status: 'monitoring', components: 1, fields: { metadata: null } },
	{
		name: 'Database upgrade',
		status: 'scheduled',
		components: 2,
		fields: { scheduled_for: '2031-03-01T22:00:00.000Z', scheduled_until: '2031-03-02T02:00:00.000Z' },
	},
	{
		name: 'Network maintenance',
		status: 'in_progress',
		components: 1,
		fields: { scheduled_for: '2026-01-05T06:00:00.000Z', scheduled_until: '2031-01-05T10:00:00.000Z' },
	},
	{ name: 'Website outage', status: 'resolved', components: 1, fields: { resolved_at: '2026-01-05T09:00:00.000Z' } },
	{
		name: 'Certificate renewal',
		status: 'completed',
		components: 0,
		fields: { scheduled_for: '2025-12-01T22:00:00.000Z', scheduled_until: '2025-12-01T23:00:00.000Z' },
	},
	// As recorded: it was never resolved, and its only update has another status.
	{ name: 'Old outage', status: 'resolved', components: 0, fields: { backfilled: true } },
];

/** Adds incidents to a page. Components keep their statuses. */
export function seedIncidents(page: Page, count: number, newId: () => string): void {
	const componentIds = [...page.components.values()].filter(({ group }) => !group).map(({ id }) => id);
	for (let index = 0; index < count; index++) {
		const { name, status, components, fields = {} } = KINDS[index % KINDS.length] as (typeof KINDS)[number];
		const round = Math.floor(index / KINDS.length);
		const at = new Date(NEWEST_AT - index * HOUR_MS).toISOString();
		const incident = newIncident({ id: newId(), name: round === 0 ? name : `${name} ${round + 1}`, status, at });
		Object.assign(incident.row, fields);
		for (const id of componentIds.slice(index, index + components)) incident.componentIds.add(id);
		const first = fields.backfilled === true ? 'investigating' : status;
		incident.updates.push(
			newUpdate({
				id: newId(),
				incidentId: incident.row.id,
				status: first,
				body: `We are looking into: ${name}`,
				at,
				affected: [],
				delivers: false,
			}),
		);
		page.incidents.set(incident.row.id, incident);
	}
}
