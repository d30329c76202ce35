import type { IDataObject } from 'n8n-workflow';
import { componentEventOutput, incidentEventOutput } from '../events/eventOutput';
import { componentChanges, type ComponentState } from './componentChanges';
import { listEvents, type ListEvent } from './listEvents';
import type { ListState } from './listState';
import type { PageEventName } from './pageEventNames';
import { isChosenComponent, passesFilters, type PageFilters } from './pageFilters';
import type { ListReading, PageReading, ReadPage, StatusReading } from './pageReading';
import { indicatorOutput, removalOutput } from './pageOutput';

/**
 * What is known of a page, in n8n's static data. It has only the parts that the chosen events need. A part without a state has its first
 * reading next, which has no events.
 */
export interface PageState {
	name: string | null;
	url: string | null;
	/** The page's own time of the last change, for recognizing an older copy from a cache. */
	updatedAt?: string;
	/** The last reading was older than the one before. */
	wasOlder?: true;
	indicator?: string;
	components?: ComponentState;
	incidents?: ListState;
	maintenances?: ListState;
}

export interface PageChoice {
	events: readonly PageEventName[];
	filters: PageFilters;
}

export interface PageOutcome {
	/** One flat object per event, without the address of the page. */
	events: IDataObject[];
	next: PageState;
	/** More incidents or maintenances are new than a feed has room for. */
	mayHaveMissed: boolean;
}

const withRaw = (output: IDataObject, row: IDataObject | undefined): IDataObject =>
	row === undefined ? output : { ...output, raw: row };

function indicatorEvents(page: ReadPage, known: string | undefined, status: StatusReading): IDataObject[] {
	if (known === undefined || known === status.indicator) return [];
	return [withRaw(indicatorOutput(page, known, status), status.row)];
}

/**
 * A cache can return an older copy of a feed. Its indicator and components count only if the next reading is older as well. Incidents need
 * no such check, because the IDs of their updates show it.
 */
function isOlderCopy(known: PageState | undefined, { updatedAt }: ReadPage): boolean {
	if (!known || known.wasOlder || known.updatedAt === undefined || updatedAt === null) return false;
	return Date.parse(updatedAt) < Date.parse(known.updatedAt);
}

/** Statements about the page and its components. Each is compared with its own last reading. */
function stateEvents(known: PageState | undefined, reading: PageReading, { filters }: PageChoice) {
	const { page, status, components } = reading;
	if (known && isOlderCopy(known, page)) {
		const { updatedAt, indicator, components: state } = known;
		return { events: [], next: { updatedAt, indicator, components: state, wasOlder: true as const } };
	}
	const changed = components && componentChanges(known?.components, components);
	const chosen = (changed?.changes ?? []).filter(
		(change) =>
			isChosenComponent(filters, change) &&
			(filters.newStatuses === undefined || filters.newStatuses.includes(change.newStatus)),
	);
	return {
		events: [
			...(status ? indicatorEvents(page, known?.indicator, status) : []),
			...chosen.map(({ row, ...change }) => withRaw(componentEventOutput(page, change), row)),
		],
		next: { updatedAt: page.updatedAt ?? undefined, indicator: status?.indicator, components: changed?.next },
	};
}

function listOutput(page: ReadPage, event: ListEvent, mayHaveMissed: boolean): IDataObject {
	if ('removed' in event) return { ...removalOutput(page, event.removed), mayHaveMissed };
	const { incident, change } = event;
	return withRaw({ ...incidentEventOutput(page, incident, change), mayHaveMissed }, incident.row);
}

function eventsOfList(
	page: ReadPage,
	state: ListState | undefined,
	reading: ListReading | undefined,
	{ filters, isMaintenance }: { filters: PageFilters; isMaintenance: boolean },
) {
	if (!reading) return undefined;
	const passes = passesFilters.bind(undefined, filters);
	const { events, next, mayHaveMissed } = listEvents(state, reading, { isMaintenance, passes });
	return { events: events.map((event) => listOutput(page, event, mayHaveMissed)), next, mayHaveMissed };
}

/**
 * What happened on a page since its last reading. The same reading a second time has no events, and neither has the first one.
 *
 * n8n saves the state when a poll returns items, and after the poll at publishing and at its start. After a crash, the state is therefore
 * the one of an earlier poll, and all polls since then had no events. The next poll only has a longer gap before it. It has all events of
 * the gap that the page still shows, and none again, because events and their state are saved together.
 *
 * @param known undefined for a page that was never read
 */
export function pageEvents(known: PageState | undefined, reading: PageReading, choice: PageChoice): PageOutcome {
	const { page } = reading;
	const { filters } = choice;
	const state = stateEvents(known, reading, choice);
	const incidents = eventsOfList(page, known?.incidents, reading.incidents, { filters, isMaintenance: false });
	const maintenances = eventsOfList(page, known?.maintenances, reading.maintenances, { filters, isMaintenance: true });
	const next: PageState = {
		name: page.name,
		url: page.url,
		...state.next,
		incidents: incidents?.next,
		maintenances: maintenances?.next,
	};
	const events = [...state.events, ...(incidents?.events ?? []), ...(maintenances?.events ?? [])];
	return {
		events: events.filter(({ event }) => choice.events.includes(event as PageEventName)),
		next,
		mayHaveMissed: [incidents, maintenances].some((list) => list?.mayHaveMissed === true),
	};
}
