import type { Clock } from '../../../shared/http/clock';
import { Cancelled, Failure } from '../../../shared/http/failures';
import type { Validators } from '../../../shared/http/readWithoutKey';
import type { PageAddress } from '../publicApi/pageAddress';
import type { PublicConnection } from '../publicApi/publicConnection';
import { readPublicPage, type FeedReading } from '../publicApi/readPublicPage';
import { feedMemory } from './feedMemory';
import { feedParts, feedsFor, type FeedPart, type PolledFeed } from './feedParts';
import { neededParts, type PageEventName } from './pageEventNames';
import { mergedList, type PageReading } from './pageReading';

export interface WatchedPage {
	address: PageAddress;
	events: readonly PageEventName[];
	/** Keeps the rows of the answers. */
	withRows: boolean;
	/** The longest time for all feeds of the page together, in milliseconds. */
	limitMs: number;
}

type Parts = Partial<Record<PolledFeed, FeedPart>>;

function partOf<Name extends PolledFeed>(name: Name, { feed }: FeedReading<Name>, withRows: boolean) {
	return feed && feedParts[name](feed, withRows);
}

function readingOf(parts: Parts, events: readonly PageEventName[]): PageReading | undefined {
	const { summary, status, incidents, unresolvedIncidents, maintenances } = parts;
	const main = summary ?? status ?? incidents;
	// A remembered part can be from a time when the address belonged to another page.
	if (!main || Object.values(parts).some(({ page }) => page.id !== main.page.id)) return undefined;
	const needs = neededParts(events);
	return {
		page: main.page,
		...(events.includes('indicatorChanged') && main.status ? { status: main.status } : {}),
		...(needs.components && summary?.components ? { components: summary.components } : {}),
		...(incidents?.list && unresolvedIncidents?.list
			? { incidents: mergedList(incidents.list, unresolvedIncidents.list) }
			: {}),
		...(maintenances?.list && summary?.list ? { maintenances: mergedList(maintenances.list, summary.list) } : {}),
	};
}

/** A page can change again in the second of its Last-Modified, which would never be seen. */
const SETTLED_MS = 60_000;

/** Validators with which no change can be overlooked. */
function safeValidators({ ifNoneMatch, ifModifiedSince }: Validators, clock: Clock): Validators {
	if (ifNoneMatch !== undefined) return { ifNoneMatch };
	const isSettled = clock.calendar() - Date.parse(ifModifiedSince ?? '') >= SETTLED_MS;
	return ifModifiedSince !== undefined && isSettled ? { ifModifiedSince } : {};
}

async function readFeeds(
	connection: PublicConnection,
	{ address, events, withRows }: WatchedPage,
): Promise<PageReading | undefined> {
	const names = feedsFor(events);
	const keyOf = (name: PolledFeed) => `${address.url} ${name} ${withRows}`;
	const remembered = new Map(names.map((name) => [name, feedMemory.get(keyOf(name))]));
	const known = Object.fromEntries(names.map((name) => [name, remembered.get(name)?.validators]));
	const readings = await readPublicPage(connection, address, names, { known });
	const parts: Parts = {};
	for (const name of names) {
		const part = partOf(name, readings[name], withRows) ?? remembered.get(name)?.part;
		if (!part) return undefined;
		parts[name] = part;
		feedMemory.set(keyOf(name), { validators: safeValidators(readings[name].validators, connection.clock), part });
	}
	return readingOf(parts, events);
}

/** What was found instead of the page, in full sentences. */
function problemOf(error: unknown): string {
	if (!(error instanceof Failure)) return `The page cannot be read: ${(error as Error).message}`;
	const { message, advice } = error.facts;
	return [message, advice].filter(Boolean).join('. ');
}

/** Reads the feeds of a page that its events need. A page that cannot be read has a problem, and throws nothing. */
export async function readWatchedPage(
	connection: PublicConnection,
	page: WatchedPage,
): Promise<{ reading: PageReading } | { problem: string }> {
	const { limitMs, address } = page;
	const limit = new AbortController();
	const prevent = connection.clock.after(limitMs, () => limit.abort());
	const tooSlow = `${address.host} did not respond within ${Math.round(limitMs / 1000)} s. Try again later`;
	try {
		const reading = await readFeeds({ ...connection, signal: limit.signal }, page);
		return reading
			? { reading }
			: { problem: `The responses of ${address.host} are about different pages. Try again later` };
	} catch (error) {
		return { problem: error instanceof Cancelled ? tooSlow : problemOf(error) };
	} finally {
		prevent();
	}
}
