import {
	knownIds,
	ok,
	one,
	paged,
	pageIn,
	pageOf,
	PAGE_SIZE,
	paging,
	text,
	type Context,
	type Route,
} from '../route.mts';
import { body, FLAGS, instant, invalid, requireFields, times, updateBody } from '../incidentBody.mts';
import { addIncident, incidentRow, isMaintenance, newIncident, newUpdate, type NewUpdate } from '../incidents.mts';
import type { Incident, Json, Page, Row } from '../state.mts';

const PATH = '/pages/:page_id/incidents';
const ONE = `${PATH}/:incident_id`;

/** Sets statuses of components at once, also for a maintenance in the future. */
function setStatuses(page: Page, statuses: Json, now: string): NewUpdate['affected'] {
	return Object.entries(statuses).flatMap(([id, status]) => {
		const component = page.components.get(id);
		if (!component || status === '' || component.status === status) return [];
		const change = { code: id, name: component.name, old_status: component.status, new_status: status };
		component.status = status;
		component.updated_at = now;
		return [change];
	});
}

function setAll(page: Page, ids: Iterable<string>, status: string, now: string): NewUpdate['affected'] {
	return setStatuses(page, Object.fromEntries([...ids].map((id) => [id, status])), now);
}

/** Changes of components when a maintenance begins or ends, if its flags are on. */
function transition(page: Page, { row, componentIds }: Incident, status: unknown, now: string): NewUpdate['affected'] {
	if (status === 'in_progress' && row.auto_transition_to_maintenance_state === true)
		return setAll(page, componentIds, 'under_maintenance', now);
	if (status === 'completed' && row.auto_transition_to_operational_state === true)
		return setAll(page, componentIds, 'operational', now);
	return [];
}

const STATUS_TIMES: Record<string, string> = {
	monitoring: 'monitoring_at',
	resolved: 'resolved_at',
	completed: 'resolved_at',
};

/** @param isNew the first update of the incident */
function apply(context: Context, page: Page, incident: Incident, wanted: Json, isNew: boolean): void {
	const { options, state } = context;
	const { row } = incident;
	const { status, body: message, components = {}, component_ids: ids } = wanted;
	const listed = ids === undefined ? undefined : knownIds(context, page.components, ids as string[], 422);
	const changed = knownIds(context, page.components, Object.keys(components as Json), 422);
	if (listed && (options.incidentComponents === 'replace' || isNew)) incident.componentIds = new Set(listed);
	for (const id of [...(listed ?? []), ...changed]) incident.componentIds.add(id);
	for (const name of ['name', 'impact_override', 'metadata', 'reminder_intervals', ...FLAGS])
		if (wanted[name] !== undefined) row[name] = wanted[name];
	if (wanted.scheduled_auto_transition !== undefined) row.scheduled_auto_in_progress = wanted.scheduled_auto_transition;
	Object.assign(row, times(wanted));
	const now = state.now();
	row.updated_at = now;
	const affected = setStatuses(page, components as Json, now);
	if (status !== undefined && status !== row.status) {
		row.status = status;
		if (STATUS_TIMES[String(status)]) row[STATUS_TIMES[String(status)]] = now;
		affected.push(...transition(page, incident, status, now));
	}
	if (isNew || message !== undefined || status !== undefined)
		incident.updates.unshift(
			newUpdate({
				id: state.newId(),
				incidentId: row.id,
				status: row.status,
				body: message,
				at: now,
				affected,
				delivers: wanted.deliver_notifications,
			}),
		);
}

function create(context: Context): Row {
	const page = pageIn(context);
	const { state } = context;
	const wanted = context.body.incident as Json;
	if (wanted.name === undefined) throw invalid("Name can't be blank");
	requireFields(wanted, {});
	const isScheduled = wanted.scheduled_for !== undefined;
	const incident = newIncident({
		id: state.newId(),
		name: String(wanted.name),
		at: state.now(),
		status: isScheduled ? 'scheduled' : 'investigating',
	});
	const { row } = incident;
	apply(context, page, incident, wanted, true);
	if (wanted.backfilled === true) {
		const at = `${String(wanted.backfill_date ?? state.now().slice(0, 10))}T12:00:00.000Z`;
		Object.assign(row, { created_at: at, updated_at: at, status: 'resolved', resolved_at: null, backfilled: true });
		Object.assign(incident.updates[0], { status: 'investigating', display_at: at });
	}
	addIncident(page, incident);
	return incidentRow(page, incident);
}

function incidentIn(context: Context): { page: Page; incident: Incident } {
	const page = pageIn(context);
	return { page, incident: one(page.incidents, context.params.incident_id) };
}

function contains(incident: Incident, q: string): boolean {
	const { name, status, postmortem_body: postmortem } = incident.row;
	const texts = [name, status, postmortem, ...incident.updates.map((update) => update.body)];
	return texts.some((value) =>
		String(value ?? '')
			.toLowerCase()
			.includes(q.toLowerCase()),
	);
}

/** Lists with `per_page`, by the end of their path. */
const SUBLISTS: Record<string, (row: Json) => boolean> = {
	active_maintenance: ({ status }) => status === 'in_progress' || status === 'verifying',
	upcoming: (row) => isMaintenance(row) && row.status === 'scheduled',
	scheduled: (row) => isMaintenance(row) && row.status !== 'completed',
	// Contains maintenances that are in progress.
	unresolved: ({ status }) => !['resolved', 'completed', 'postmortem', 'scheduled'].includes(String(status)),
};

const pageNumber = { type: 'string', pattern: '^[1-9]\\d*$' };

export const incidentRoutes: Route[] = [
	{
		methods: ['POST'],
		path: PATH,
		body,
		handle: (context) => ({ status: 201, body: create(context) }),
	},
	{
		// The page size is `limit` here, and `per_page` in the lists below.
		methods: ['GET'],
		path: PATH,
		query: { q: text, limit: pageNumber, page: pageNumber },
		handle(context) {
			const page = pageIn(context);
			const { q = '', limit, page: number } = context.query;
			const size = Math.min(PAGE_SIZE, Number(limit ?? PAGE_SIZE));
			const found = [...page.incidents.values()].filter((incident) => q === '' || contains(incident, q));
			return ok(pageOf(found, Number(number ?? 1) - 1, size).map((incident) => incidentRow(page, incident)));
		},
	},
	...Object.entries(SUBLISTS).map(
		([name, keep]): Route => ({
			methods: ['GET'],
			path: `${PATH}/${name}`,
			query: paging,
			handle(context) {
				const page = pageIn(context);
				const found = [...page.incidents.values()].filter(({ row }) => keep(row));
				return ok(paged(context, found).map((incident) => incidentRow(page, incident)));
			},
		}),
	),
	{
		methods: ['GET'],
		path: ONE,
		handle(context) {
			const { page, incident } = incidentIn(context);
			return ok(incidentRow(page, incident));
		},
	},
	{
		methods: ['PATCH', 'PUT'],
		path: ONE,
		body,
		handle(context) {
			const { page, incident } = incidentIn(context);
			const wanted = context.body.incident as Json;
			requireFields(wanted, incident.row);
			apply(context, page, incident, wanted, false);
			return ok(incidentRow(page, incident));
		},
	},
	{
		methods: ['DELETE'],
		path: ONE,
		handle(context) {
			const { page, incident } = incidentIn(context);
			const row = incidentRow(page, incident);
			page.incidents.delete(incident.row.id);
			return ok(row);
		},
	},
	{
		methods: ['PATCH', 'PUT'],
		path: `${ONE}/incident_updates/:incident_update_id`,
		body: updateBody,
		handle(context) {
			const { incident } = incidentIn(context);
			const wanted = context.body.incident_update as Json;
			const update = one(new Map(incident.updates.map((row) => [row.id, row])), context.params.incident_update_id);
			const { display_at: at, ...rest } = wanted;
			Object.assign(update, rest, { updated_at: context.state.now() });
			if (at !== undefined) update.display_at = instant(at);
			return ok(update);
		},
	},
];
