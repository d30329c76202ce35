import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { withoutMarks } from './listState';
import type { PageEventName } from './pageEventNames';
import { pageEvents, type PageChoice, type PageState } from './pageEvents';
import type { PageReading } from './pageReading';
import { reachabilityOutput } from './pageOutput';

/** What is known of an address. Counts of failures are lost in a crash, so an event then comes later, but still once. */
interface AddressState {
	/** ID of the page that answered first. */
	page?: string;
	/** Polls in a row that could not read the page. */
	failures?: number;
	/** Date and time of the first of them. */
	since?: string;
	/** Page Unreachable was told. */
	isDown?: true;
}

/** The state of the trigger, in n8n's static data. */
export interface WatchState {
	/** Hash of the filters. */
	filters: string;
	/** By address. */
	addresses: Record<string, AddressState>;
	/** By ID, because two addresses can belong to one page. */
	pages: Record<string, PageState>;
}

/** An address in a poll: the page as it was read, or what was found instead. */
export type PageResult = {
	/** As it was entered. */
	entered: string;
	/** Equal for equal addresses. */
	url: string;
} & ({ reading: PageReading } | { problem: string });

export interface WatchSettings extends PageChoice {
	/** Polls in a row that cannot read a page, until it counts as unreachable. */
	unreachableAfter: number;
	/** ISO date and time. */
	now: string;
}

export interface WatchOutcome {
	/** In the order of the addresses. */
	events: IDataObject[];
	next: WatchState;
	/** Addresses whose pages have more new incidents than a feed has room for. */
	mayHaveMissed: string[];
}

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64').slice(0, 12);
}

/** The pages as they are known, for filters that may have changed. */
function knownPages(state: WatchState | undefined, filters: string): ReadonlyMap<string, PageState> {
	const entries = Object.entries(state?.pages ?? {});
	if (state?.filters === filters) return new Map(entries);
	return new Map(
		entries.map(([id, page]) => [
			id,
			{
				...page,
				...(page.incidents ? { incidents: withoutMarks(page.incidents) } : {}),
				...(page.maintenances ? { maintenances: withoutMarks(page.maintenances) } : {}),
			},
		]),
	);
}

/** What was found; undefined for the page that this address always had. */
function problemOf(result: PageResult, known: AddressState): string | undefined {
	if ('problem' in result) return result.problem;
	const { page } = result.reading;
	if (known.page === undefined || known.page === page.id) return undefined;
	return `The address shows page ${page.id} instead of page ${known.page}. To watch the other page, remove the address and publish the workflow, then add it again`;
}

/** The poll of one trigger: what happened on each page. The pages are independent of each other. */
class Poll {
	readonly events: IDataObject[] = [];
	readonly mayHaveMissed: string[] = [];
	readonly #addresses = new Map<string, AddressState>();
	readonly #next = new Map<string, PageState>();

	constructor(
		private readonly known: ReadonlyMap<string, PageState>,
		private readonly settings: WatchSettings,
	) {}

	add(result: PageResult, address: AddressState): void {
		const problem = problemOf(result, address);
		if (problem !== undefined) this.#failed(result, address, problem);
		else if ('reading' in result) this.#read(result, address, result.reading);
	}

	/** Pages that no address belongs to are dropped. */
	state(filters: string): WatchState {
		const addresses = Object.fromEntries(this.#addresses);
		const ids = [...new Set(Object.values(addresses).flatMap(({ page }) => page ?? []))];
		const pages = ids.flatMap((id) => {
			const page = this.#next.get(id) ?? this.known.get(id);
			return page ? [[id, page] as const] : [];
		});
		return { filters, addresses, pages: Object.fromEntries(pages) };
	}

	#failed(result: PageResult, { page, failures = 0, since = this.settings.now, isDown }: AddressState, reason: string) {
		const { unreachableAfter } = this.settings;
		const state = page === undefined ? undefined : this.known.get(page);
		const count = Math.min(failures + 1, unreachableAfter);
		const isDownNow = isDown === true || count >= unreachableAfter;
		if (isDownNow && !isDown) {
			const known = page !== undefined && state ? { id: page, ...state } : undefined;
			this.#tell(result, [reachabilityOutput('pageUnreachable', known, { reason, since })]);
		}
		this.#addresses.set(result.url, {
			...(page === undefined ? {} : { page }),
			failures: count,
			since,
			...(isDownNow ? { isDown: true } : {}),
		});
	}

	#read(result: PageResult, { since, isDown }: AddressState, reading: PageReading) {
		const { page } = reading;
		this.#addresses.set(result.url, { page: page.id });
		if (isDown) this.#tell(result, [reachabilityOutput('pageReachable', page, { reason: null, since: since ?? null })]);
		// Another address of the same page was read before.
		if (this.#next.has(page.id)) return;
		const { events, next, mayHaveMissed } = pageEvents(this.known.get(page.id), reading, this.settings);
		this.#next.set(page.id, next);
		this.#tell(result, events, page.updatedAt);
		if (mayHaveMissed) this.mayHaveMissed.push(result.entered);
	}

	#tell({ entered }: PageResult, events: IDataObject[], pageUpdatedAt: string | null = null): void {
		const chosen = events.filter(({ event }) => this.settings.events.includes(event as PageEventName));
		this.events.push(...chosen.map((event) => ({ ...event, pageAddress: entered, pageUpdatedAt })));
	}
}

/**
 * What happened on all pages since the last poll. A page that could not be read keeps its state, and so do all others. An address that
 * was removed is dropped.
 *
 * @param state undefined for the first poll
 * @param results without equal addresses
 */
export function watchPages(
	state: WatchState | undefined,
	results: readonly PageResult[],
	settings: WatchSettings,
): WatchOutcome {
	const filters = hashOf(settings.filters);
	const poll = new Poll(knownPages(state, filters), settings);
	for (const result of results) poll.add(result, state?.addresses[result.url] ?? {});
	return { events: poll.events, next: poll.state(filters), mayHaveMissed: poll.mayHaveMissed };
}
