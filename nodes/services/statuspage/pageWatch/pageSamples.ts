import type { IDataObject } from 'n8n-workflow';
import { componentEventOutput, incidentEventOutput } from '../events/eventOutput';
import { incidentEvents, type IncidentEvent } from '../events/incidentEvents';
import { COMPONENT_EVENT } from '../events/eventNames';
import { PAGE_EVENT_CHOICES, type PageEventName } from './pageEventNames';
import type { PageChoice } from './pageEvents';
import { isChosenComponent, passesFilters, type PageFilters } from './pageFilters';
import { indicatorOutput, reachabilityOutput } from './pageOutput';
import type { ListedIncident, PageReading } from './pageReading';
import type { PageResult } from './watchPages';

/** A page that can be read. */
interface GoodResult {
	entered: string;
	reading: PageReading;
}

const withRaw = (output: IDataObject, row: IDataObject | undefined) => (row ? { ...output, raw: row } : output);

/** The newest event of this kind in the updates of an incident. */
function eventIn(incident: ListedIncident, name: PageEventName): IncidentEvent | undefined {
	return incidentEvents(undefined, incident)
		.events.filter(({ event }) => event === name)
		.at(-1);
}

function incidentSample(
	{ page, incidents, maintenances }: PageReading,
	name: PageEventName,
	filters: PageFilters,
): IDataObject | undefined {
	for (const incident of [...(incidents?.incidents ?? []), ...(maintenances?.incidents ?? [])]) {
		const change = passesFilters(filters, incident) ? eventIn(incident, name) : undefined;
		if (change) return withRaw({ ...incidentEventOutput(page, incident, change), mayHaveMissed: false }, incident.row);
	}
	return undefined;
}

/** An event that could have led to the present state; undefined if the page shows none of this kind. */
function sample(reading: PageReading, name: PageEventName, filters: PageFilters): IDataObject | undefined {
	const { page, status, components = [] } = reading;
	if (name === 'indicatorChanged') return status && withRaw(indicatorOutput(page, null, status), status.row);
	if (name !== COMPONENT_EVENT) return incidentSample(reading, name, filters);
	const component = components.find((entry) => isChosenComponent(filters, entry));
	if (!component) return undefined;
	const { row, status: newStatus, updatedAt: changedAt, ...rest } = component;
	return withRaw(componentEventOutput(page, { ...rest, oldStatus: null, newStatus, changedAt }), row);
}

/** Whether each page can be read. The output is that of the events about it. */
function reachability(result: PageResult): IDataObject {
	const { entered: pageAddress } = result;
	return 'reading' in result
		? {
				...reachabilityOutput('pageReachable', result.reading.page, { reason: null, since: null }),
				pageAddress,
				pageUpdatedAt: result.reading.page.updatedAt,
			}
		: {
				...reachabilityOutput('pageUnreachable', undefined, { reason: result.problem, since: null }),
				pageAddress,
				pageUpdatedAt: null,
			};
}

const REACHABILITY: readonly PageEventName[] = ['pageReachable', 'pageUnreachable'];

function sampleOf(name: PageEventName, pages: GoodResult[], filters: PageFilters): IDataObject {
	for (const { entered, reading } of pages) {
		const found = sample(reading, name, filters);
		if (found) return { ...found, pageAddress: entered, pageUpdatedAt: reading.page.updatedAt };
	}
	const label = PAGE_EVENT_CHOICES.find(({ value }) => value === name)?.name ?? name;
	return { event: name, note: `The pages show nothing now that could be an example of ${label}` };
}

/**
 * Items for a manual run, from what the pages show now: one per chosen event, and one per page that says whether it can be read.
 */
export function pageSamples(results: readonly PageResult[], { events, filters }: PageChoice): IDataObject[] {
	const good = results.flatMap((result) => ('reading' in result ? [result] : []));
	const samples = events.filter((name) => !REACHABILITY.includes(name)).map((name) => sampleOf(name, good, filters));
	return [...samples, ...results.map(reachability)].map((output) => ({ ...output, isSample: true }));
}
