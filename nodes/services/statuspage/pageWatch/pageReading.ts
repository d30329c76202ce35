import type { IDataObject } from 'n8n-workflow';
import { incidentReading, type IncidentReading } from '../events/incidentReading';
import {
	MOST_IN_FEED,
	type PublicComponent,
	type PublicIncident,
	type PublicPage,
	type PublicStatus,
} from '../publicApi/feeds';
import { indicatorOf } from '../publicApi/indicator';

export interface ReadPage {
	id: string;
	name: string | null;
	/** Without a trailing slash. */
	url: string | null;
	updatedAt: string | null;
}

export interface StatusReading {
	indicator: string;
	/** The indicator in the answer, if it is unknown. */
	indicatorGiven: string | null;
	description: string | null;
	row?: IDataObject;
}

export interface ComponentReading {
	id: string;
	name: string;
	status: string;
	groupId: string | null;
	updatedAt: string | null;
	row?: IDataObject;
}

/** An incident or a maintenance, with its row in the answer if the output includes raw data. */
export interface ListedIncident extends IncidentReading {
	row?: IDataObject;
}

/** The incidents or the maintenances of a page. The newest are first. */
export interface ListReading {
	incidents: ListedIncident[];
	/** IDs of those in the feed of the newest, in its order. */
	recent: string[];
	/** The feed of the newest has no room for more, so older incidents are not in it. */
	isFull: boolean;
	/** The feed of the current ones has no room for more, so it can lack some that are open. */
	isCurrentFull: boolean;
}

/** A page as it was read. The indicator, the components and the incidents are independent statements. What was not read is undefined. */
export interface PageReading {
	page: ReadPage;
	status?: StatusReading;
	/** Without component groups. */
	components?: ComponentReading[];
	incidents?: ListReading;
	maintenances?: ListReading;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function readPage({ id, name, url, updated_at: updatedAt }: PublicPage): ReadPage {
	return { id, name: textOf(name), url: textOf(url)?.replace(/\/+$/, '') ?? null, updatedAt: textOf(updatedAt) };
}

export function readStatus(status: PublicStatus, withRow: boolean): StatusReading {
	const { indicator, indicatorGiven = null } = indicatorOf(status);
	return { indicator, indicatorGiven, description: textOf(status.description), ...(withRow ? { row: status } : {}) };
}

export function readComponents(rows: PublicComponent[], withRow: boolean): ComponentReading[] {
	return rows
		.filter(({ group }) => group !== true)
		.map((row) => ({
			id: row.id,
			name: row.name,
			status: row.status,
			groupId: textOf(row.group_id),
			updatedAt: textOf(row.updated_at),
			...(withRow ? { row } : {}),
		}));
}

export function readIncidents(rows: PublicIncident[], isMaintenance: boolean, withRow: boolean): ListedIncident[] {
	return rows.map((row) => ({ ...incidentReading(row, isMaintenance), ...(withRow ? { row } : {}) }));
}

/**
 * One list of two feeds. Caches can give the feeds different ages, so the reading with more updates counts. A feed of current incidents
 * never contains the end of one, so the other feed counts if both have the same updates.
 */
export function mergedList(recent: ListedIncident[], current: ListedIncident[]): ListReading {
	const byId = new Map(recent.map((incident) => [incident.id, incident]));
	for (const incident of current) {
		const other = byId.get(incident.id);
		if (!other || other.updates.length < incident.updates.length) byId.set(incident.id, incident);
	}
	return {
		incidents: [...byId.values()],
		recent: recent.map(({ id }) => id),
		isFull: recent.length >= MOST_IN_FEED,
		isCurrentFull: current.length >= MOST_IN_FEED,
	};
}
