import type { StatuspageApi } from '../statuspageApi';
import type { Component, Page } from '../endpoints';
import type { EventPage } from '../events/eventOutput';
import { incidentReading } from '../events/incidentReading';
import { component } from '../objects/component';
import { PAGE_SIZE } from '../paging';
import type { EventFilter } from './eventFilter';
import { WatchedPage } from './watchedPage';

/** What is read when a workflow starts to watch a page. */
export interface BaselineScope {
	filter: EventFilter;
	/** An event of incidents or maintenances was chosen. */
	hasIncidents: boolean;
	/** The event of components was chosen. */
	hasComponents: boolean;
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/** The page for the output. Pages with a domain of their own answer there as well. */
function eventPage({ id, name, domain, subdomain, url }: Page): EventPage {
	const address = typeof url === 'string' && /^https?:/.test(url) ? url : undefined;
	const host = domain || (subdomain ? `${subdomain}.statuspage.io` : '');
	return { id, name, url: host ? `https://${host}` : address === undefined ? null : withoutSlash(address) };
}

/**
 * Reads the present state of a page, so a post about an incident that exists already is an update. The 100 newest incidents, all
 * unresolved ones, and all maintenances that have not ended are read. An incident that is older and resolved counts as new if it is
 * updated later.
 */
export async function readBaseline(
	api: StatuspageApi,
	page: Page,
	{ filter, hasIncidents, hasComponents }: BaselineScope,
): Promise<WatchedPage> {
	const place = { pageId: page.id };
	const lists = ['listUnresolvedIncidents', 'listUpcomingIncidents', 'listActiveMaintenances'] as const;
	const [components, newest, ...open] = await Promise.all([
		hasComponents ? api.list(component.row.list, place) : ([] as Component[]),
		hasIncidents ? api.list('listIncidents', place, { limit: PAGE_SIZE }) : [],
		...lists.map(async (list) => (hasIncidents ? await api.list(list, place) : [])),
	]);
	const watched = new WatchedPage({
		revision: 0,
		page: eventPage(page),
		componentIds: [...filter.componentIds],
		incidents: [],
		components: [],
		updates: [],
	});
	// The newest at the end: these are remembered longest.
	const rows = new Map([...newest.reverse(), ...open.flat()].map((row) => [row.id, row]));
	for (const row of rows.values()) watched.begin(incidentReading(row), filter);
	for (const row of components) if (!row.group) watched.beginComponent(row);
	return watched;
}
