import type { IDataObject } from 'n8n-workflow';
import { incidentEventOutput, pageFields, type EventPage } from '../events/eventOutput';
import type { StatusReading } from './pageReading';

/** The output of a change of the indicator. */
export function indicatorOutput(page: EventPage, oldIndicator: string | null, status: StatusReading): IDataObject {
	const { indicator: newIndicator, indicatorGiven, description } = status;
	return { event: 'indicatorChanged', ...pageFields(page), oldIndicator, newIndicator, indicatorGiven, description };
}

/** An open incident that is not on the page anymore. */
export interface RemovedIncident {
	id: string;
	name: string;
	/** The last known status. */
	status: string;
	/** It was older than the 50 newest incidents, so it was deleted, or only ended. */
	isBeyond: boolean;
}

/** The output of the removal of an incident, with the fields of the other events of incidents. */
export function removalOutput(page: EventPage, { id, name, status, isBeyond }: RemovedIncident): IDataObject {
	const reading = {
		id,
		name,
		status,
		impact: null,
		isMaintenance: false,
		updates: [],
		components: [],
		scheduledFor: null,
		scheduledUntil: null,
		startedAt: null,
		resolvedAt: null,
		shortlink: null,
	};
	const change = { event: 'incidentUpdated' as const, update: undefined, oldStatus: status, newStatus: status };
	return {
		...incidentEventOutput(page, reading, change),
		event: 'incidentRemoved',
		newStatus: null,
		incidentUrl: null,
		reason: isBeyond
			? 'The incident is not among the unresolved ones anymore. It is older than the 50 newest incidents, so the page does not show whether it was resolved or deleted'
			: 'The page does not contain the incident anymore. It was not resolved before, so it was probably deleted',
	};
}

/** Since when a page could not be read, and why. */
export interface Outage {
	/** What was found, in full sentences. */
	reason: string | null;
	/** Date and time of the first poll that could not read the page. */
	since: string | null;
}

/** @param page undefined if the page was never read */
export function reachabilityOutput(
	event: 'pageReachable' | 'pageUnreachable',
	page: EventPage | undefined,
	{ reason, since }: Outage,
): IDataObject {
	return { event, ...pageFields(page ?? { id: null, name: null, url: null }), reason, since };
}
