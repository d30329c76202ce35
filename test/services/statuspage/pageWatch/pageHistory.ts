import {
	mergedList,
	readComponents,
	readIncidents,
	readPage,
	readStatus,
	type PageReading,
} from '../../../../nodes/services/statuspage/pageWatch/pageReading';
import type { PageEventName } from '../../../../nodes/services/statuspage/pageWatch/pageEventNames';
import { PAGE_EVENT_CHOICES } from '../../../../nodes/services/statuspage/pageWatch/pageEventNames';

export const ALL_EVENTS: PageEventName[] = PAGE_EVENT_CHOICES.map(({ value }) => value);

/** An incident or a maintenance of a page: its updates as "id status", the oldest first. */
export interface Told {
	id: string;
	updates: string[];
	/** The status of the last update if left out. */
	status?: string;
	impact?: string;
	/** IDs of components. */
	components?: string[];
}

/** A page as its visitors see it. The newest incidents are first. */
export interface ShownPage {
	id?: string;
	updatedAt?: string;
	indicator?: string;
	/** Status by ID. */
	components?: Record<string, string>;
	incidents?: Told[];
	maintenances?: Told[];
	/** Instead of those of the incidents that are not resolved. */
	unresolved?: Told[];
}

const ENDED = ['resolved', 'completed', 'postmortem'];
const statusOf = ({ status, updates }: Told) => status ?? updates.at(-1)?.split(' ')[1] ?? 'investigating';

function row(told: Told) {
	const updates = told.updates.map((update) => {
		const [id, status] = update.split(' ');
		return { id, status, body: `text of ${id}` };
	});
	return {
		id: told.id,
		name: `Incident ${told.id}`,
		status: statusOf(told),
		impact: told.impact ?? 'minor',
		incident_updates: updates.reverse(),
		components: (told.components ?? []).map((id) => ({ id, name: `Name of ${id}` })),
	};
}

/** What the feeds of a page say: at most 50 incidents, and all that have not ended. */
export function readingOf(page: ShownPage): PageReading {
	const { id = 'abcdefghijkl', updatedAt = '2026-11-30T10:00:00Z', indicator = 'none' } = page;
	const { components = {}, incidents = [], maintenances = [] } = page;
	const lists = (all: Told[], isMaintenance: boolean, current = all.filter((one) => !ENDED.includes(statusOf(one)))) =>
		mergedList(
			readIncidents(all.slice(0, 50).map(row), isMaintenance, false),
			readIncidents(current.map(row), isMaintenance, false),
		);
	return {
		page: readPage({ id, name: 'Acme', url: 'https://status.acme.test/', updated_at: updatedAt }),
		status: readStatus({ indicator, description: `All ${indicator}` }, false),
		components: readComponents(
			Object.entries(components).map(([key, status]) => ({ id: key, name: `Name of ${key}`, status })),
			false,
		),
		incidents: lists(incidents, false, page.unresolved),
		maintenances: lists(maintenances, true),
	};
}
