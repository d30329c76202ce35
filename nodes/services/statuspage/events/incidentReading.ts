import { isObject } from '../../../shared/client/answer';

/** A message of an incident. */
export interface IncidentUpdate {
	id: string;
	status: string | null;
	text: string | null;
	/** The date and time that the page shows, as it was received. */
	at: string | null;
}

/** An incident or a maintenance, as one answer or delivery describes it. */
export interface IncidentReading {
	id: string;
	name: string;
	status: string;
	impact: string | null;
	isMaintenance: boolean;
	/** The oldest first. */
	updates: IncidentUpdate[];
	/** The affected components. */
	components: Array<{ id: string; name: string | null }>;
	scheduledFor: string | null;
	scheduledUntil: string | null;
	startedAt: string | null;
	resolvedAt: string | null;
	shortlink: string | null;
}

type Row = Record<string, unknown>;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Answers differ in the fields that they have, so a list that is missing or null has no rows. */
const rowsIn = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isObject) : []);

function updateOf(row: Row): IncidentUpdate[] {
	const id = textOf(row.id);
	if (id === null) return [];
	return [{ id, status: textOf(row.status), text: textOf(row.body), at: textOf(row.display_at ?? row.created_at) }];
}

function named(id: unknown, name: unknown): IncidentReading['components'] {
	const text = textOf(id);
	return text === null ? [] : [{ id: text, name: textOf(name) }];
}

/**
 * Statuspage can unlink components when an incident is resolved. Then, the newest update that names any of them counts. All updates
 * together would include components that recovered before.
 *
 * @param updates the newest first
 */
function componentsOf(row: Row, updates: Row[]): IncidentReading['components'] {
	const linked = rowsIn(row.components).flatMap(({ id, name }) => named(id, name));
	if (linked.length > 0) return linked;
	const affected = updates.map((update) =>
		rowsIn(update.affected_components).flatMap(({ code, name }) => named(code, name)),
	);
	return affected.find((list) => list.length > 0) ?? [];
}

/**
 * Reads an incident of the Manage API, of the public API or of a delivery.
 *
 * @param row must have an ID, a name and a status
 * @param isMaintenance for rows of a list of maintenances; otherwise, a maintenance has a start time
 */
export function incidentReading(
	row: { id: string; name: string; status: string } & Row,
	isMaintenance = textOf(row.scheduled_for) !== null,
): IncidentReading {
	const updates = rowsIn(row.incident_updates);
	return {
		id: row.id,
		name: row.name,
		status: row.status,
		impact: textOf(row.impact),
		isMaintenance,
		updates: updates.flatMap(updateOf).reverse(),
		components: componentsOf(row, updates),
		scheduledFor: textOf(row.scheduled_for),
		scheduledUntil: textOf(row.scheduled_until),
		startedAt: textOf(row.started_at),
		resolvedAt: textOf(row.resolved_at),
		shortlink: textOf(row.shortlink),
	};
}
