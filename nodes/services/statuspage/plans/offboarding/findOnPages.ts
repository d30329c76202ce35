import { Breather } from '../../../../shared/http/breather';
import { mapConcurrently } from '../../../../shared/http/concurrently';
import type { StatuspageApi } from '../../statuspageApi';
import type { Page, Viewer } from '../../endpoints';
import { searchForms, searchInAnyCase, searchViewers } from '../../searchViewers';
import type { FindOptions, PageFindings } from './findings';
import { sortedByItem, LeaverIndex, type Leaver } from './leavers';
import { viewerName } from '../viewerFacts';
import { requireReadable } from './requireReadable';
import { listRequests } from '../snapshot';

const PAGE_ADVICE =
	"No plan was created. Check the permissions of the API key, or select only the other pages in 'Pages'";
const SUBSCRIPTIONS_ADVICE =
	"No plan was created. Check the permissions of the API key, or turn off 'Include Subscriptions'";

/** Finds viewers and subscriptions of the leavers on the pages, with all access of these viewers. Only reads. */
export async function findOnPages(
	api: StatuspageApi,
	leavers: Leaver[],
	options: FindOptions,
): Promise<PageFindings[]> {
	return await new PageFinder(api, leavers, options).run();
}

/** The leavers who have none of the records. */
function leaversWithout(leavers: Leaver[], records: Iterable<{ leavers: Leaver[] }>): Set<Leaver> {
	const missing = new Set(leavers);
	for (const record of records) for (const leaver of record.leavers) missing.delete(leaver);
	return missing;
}

class PageFinder {
	readonly #index: LeaverIndex;
	readonly #breather: Breather;

	constructor(
		private readonly api: StatuspageApi,
		private readonly leavers: Leaver[],
		private readonly options: FindOptions,
	) {
		this.#index = new LeaverIndex(leavers);
		this.#breather = new Breather(api.connection.clock);
	}

	async run(): Promise<PageFindings[]> {
		const pages = await this.#readPages();
		await this.#recheck(pages);
		for (const page of pages) await this.#addGroups(page);
		await this.#readOwnAccess(pages);
		for (const page of pages) await this.#addSubscriptions(page);
		return pages;
	}

	/** The leaver who is searched by email. Several leavers and external logins are found in the lists. */
	get #searchedLeaver(): Leaver | undefined {
		const [first] = this.leavers;
		return this.leavers.length === 1 && first.externalLogins.length === 0 ? first : undefined;
	}

	async #readPages(): Promise<PageFindings[]> {
		const { pages, concurrency } = this.options;
		return await mapConcurrently(
			pages,
			{ concurrency, clock: this.api.connection.clock },
			async (page) => await this.#readPage(page),
		);
	}

	async #readPage({ id, name }: Page): Promise<PageFindings> {
		const { api } = this;
		const ids = { pageId: id };
		const of = (noun: string) => `${noun} of page ${name}`;
		const [{ viewers, isSearched }, groups, subscribers] = await Promise.all([
			requireReadable(of('viewers'), PAGE_ADVICE, this.#readViewers(id)),
			requireReadable(of('viewer groups'), PAGE_ADVICE, api.list('listViewerGroups', ids, { isExact: true })),
			// A search would miss subscriptions that are linked to a viewer and have no email.
			this.options.includesSubscriptions
				? requireReadable(
						of('subscriptions'),
						SUBSCRIPTIONS_ADVICE,
						api.list('listSubscribers', ids, { isExact: true, query: { state: 'all' } }),
					)
				: [],
		]);
		const findings: PageFindings = {
			page: { id, name },
			viewers: [],
			isSearched,
			groups,
			subscribers,
			found: new Map(),
			subscriptions: [],
			names: new Map(groups.map((group) => [group.id, group.name])),
		};
		await this.#addViewers(findings, viewers);
		return findings;
	}

	async #readViewers(pageId: string): Promise<{ viewers: Viewer[]; isSearched: boolean }> {
		const leaver = this.#searchedLeaver;
		const search = leaver && (await searchInAnyCase(this.api, pageId, leaver.email));
		if (search?.isComplete) return { viewers: search.viewers, isSearched: true };
		const list = await this.api.list('listViewers', { pageId }, { isExact: true });
		return { viewers: [...list, ...(search?.viewers ?? [])], isSearched: false };
	}

	/** Adds new viewers, and matches them with the leavers. */
	async #addViewers(findings: PageFindings, rows: Viewer[]): Promise<void> {
		const { viewers, found } = findings;
		const known = new Set(viewers.map(({ id }) => id));
		for (const viewer of rows) {
			await this.#breather.breathe();
			if (known.has(viewer.id)) continue;
			known.add(viewer.id);
			viewers.push(viewer);
			const leavers = this.#index.of(viewer);
			if (leavers.length > 0)
				found.set(viewer.id, {
					viewer,
					leavers,
					groupIds: new Set(viewer.page_access_group_ids),
					componentIds: [],
					metricIds: [],
				});
		}
	}

	/**
	 * A list can miss a row while it is read, so leavers without a viewer on a page are checked a second time. They are searched
	 * individually, or the list is read again if that takes fewer requests.
	 */
	async #recheck(pages: PageFindings[]): Promise<void> {
		const looks: Array<{ findings: PageFindings; read: () => Promise<Viewer[]> }> = [];
		for (const findings of pages) {
			for (const read of await this.#recheckReads(findings)) looks.push({ findings, read });
		}
		const rows = await mapConcurrently(
			looks,
			{ concurrency: this.options.concurrency, clock: this.api.connection.clock },
			async ({ findings, read }) => await requireReadable(`viewers of page ${findings.page.name}`, PAGE_ADVICE, read()),
		);
		for (const [index, { findings }] of looks.entries()) await this.#addViewers(findings, rows[index]);
	}

	async #recheckReads({ page, viewers, isSearched, found }: PageFindings): Promise<Array<() => Promise<Viewer[]>>> {
		const { api } = this;
		const pageId = page.id;
		const requests = listRequests(viewers.length);
		// The search and a list of one request have already checked twice.
		if (isSearched || (this.#searchedLeaver && requests === 1)) return [];
		const missing = leaversWithout(this.leavers, found.values());
		let searches = 0;
		for (const { email, externalLogins } of missing) {
			await this.#breather.breathe();
			// An external login cannot be searched.
			searches += externalLogins.length > 0 ? Infinity : searchForms(email).length;
		}
		if (searches < requests)
			return [...missing].map(
				({ email }) =>
					async () =>
						await searchViewers(api, pageId, email),
			);
		return missing.size === 0 ? [] : [async () => await api.list('listViewers', { pageId }, { isExact: true })];
	}

	/** A group's list may be cut at a multiple of 100 and a viewer's list may be outdated, so both count. */
	async #addGroups({ groups, found }: PageFindings): Promise<void> {
		for (const { id, page_access_user_ids } of groups) {
			await this.#breather.breathe();
			for (const viewerId of page_access_user_ids) found.get(viewerId)?.groupIds.add(id);
		}
	}

	/** Reads own components and metrics with two requests per viewer, because no list contains them. */
	async #readOwnAccess(pages: PageFindings[]): Promise<void> {
		const { api } = this;
		const records = pages.flatMap((findings) => [...findings.found.values()].map((record) => ({ findings, record })));
		await mapConcurrently(
			records,
			{ concurrency: this.options.concurrency, clock: api.connection.clock },
			async ({ findings: { page, names }, record }) => {
				const ids = { pageId: page.id, viewerId: record.viewer.id };
				const of = (noun: string) => `own ${noun} of viewer ${viewerName(record.viewer)} on page ${page.name}`;
				const [components, metrics] = await Promise.all([
					requireReadable(of('components'), PAGE_ADVICE, api.list('listViewerComponents', ids, { isExact: true })),
					requireReadable(of('metrics'), PAGE_ADVICE, api.list('listViewerMetrics', ids, { isExact: true })),
				]);
				for (const { id, name } of [...components, ...metrics]) names.set(id, name);
				record.componentIds = components.map(({ id }) => id).sort();
				record.metricIds = metrics.map(({ id }) => id).sort();
			},
		);
	}

	/** Adds subscriptions of any mode that have the email of a leaver or are linked to a found viewer. */
	async #addSubscriptions({ subscribers, subscriptions, found }: PageFindings): Promise<void> {
		for (const subscriber of subscribers) {
			await this.#breather.breathe();
			const linked = found.get(subscriber.page_access_user_id ?? '');
			const leavers = sortedByItem([this.#index.withEmail(subscriber.email) ?? [], linked?.leavers ?? []].flat());
			if (leavers.length > 0) subscriptions.push({ subscriber, leavers, ...(linked ? { viewer: linked.viewer } : {}) });
		}
	}
}
