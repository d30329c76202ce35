import type { Feed } from '../publicApi/feeds';
import { neededParts, type PageEventName } from './pageEventNames';
import {
	readComponents,
	readIncidents,
	readPage,
	readStatus,
	type ComponentReading,
	type ListedIncident,
	type ReadPage,
	type StatusReading,
} from './pageReading';

/** Feeds that polls read. */
export type PolledFeed = 'incidents' | 'maintenances' | 'status' | 'summary' | 'unresolvedIncidents';

/** What one feed says. */
export interface FeedPart {
	page: ReadPage;
	status?: StatusReading;
	components?: ComponentReading[];
	list?: ListedIncident[];
}

type Parts = { [Name in PolledFeed]: (feed: Feed<Name>, withRows: boolean) => FeedPart };

const incidents = ({ page, incidents: rows }: Feed<'incidents'>, withRows: boolean): FeedPart => ({
	page: readPage(page),
	list: readIncidents(rows, false, withRows),
});

/** Takes what polls need from each feed. */
export const feedParts: Parts = {
	incidents,
	maintenances: ({ page, scheduled_maintenances: rows }, withRows) => ({
		page: readPage(page),
		list: readIncidents(rows, true, withRows),
	}),
	status: ({ page, status }, withRows) => ({ page: readPage(page), status: readStatus(status, withRows) }),
	summary: ({ page, status, components, scheduled_maintenances: rows }, withRows) => ({
		page: readPage(page),
		status: readStatus(status, withRows),
		components: readComponents(components, withRows),
		list: readIncidents(rows, true, withRows),
	}),
	unresolvedIncidents: incidents,
};

/** The feeds that are needed for some events. The small one with the status shows whether the page can be read. */
export function feedsFor(events: readonly PageEventName[]): PolledFeed[] {
	const needs = neededParts(events);
	const feeds: PolledFeed[] = [];
	if (needs.components || needs.maintenances) feeds.push('summary');
	else if (events.includes('indicatorChanged') || !needs.incidents) feeds.push('status');
	if (needs.incidents) feeds.push('incidents', 'unresolvedIncidents');
	if (needs.maintenances) feeds.push('maintenances');
	return feeds;
}
