import { mapConcurrently } from '../../../shared/http/concurrently';
import type { StatuspageApi } from '../statuspageApi';
import { component } from '../objects/component';
import { PAGE_SIZE } from '../paging';
import type { Component, Page, Viewer, ViewerGroup } from '../endpoints';
import { viewersWith, type LookUp } from '../viewers';

/** The viewers, groups and components of a page, as read from its lists. */
export interface PageSnapshot {
	page: { id: string; name: string };
	viewers: Viewer[];
	groups: ViewerGroup[];
	/** Without component groups. Empty if they were not needed. */
	components: Component[];
	/** IDs of own components by viewer ID, only for viewers whose own components were read. */
	componentsOf: Map<string, string[]>;
	/** IDs of own metrics by viewer ID, only for viewers whose own metrics were read. */
	metricsOf: Map<string, string[]>;
	/** Names of groups, components and metrics, by ID, as far as they were read. */
	names: Map<string, string>;
}

/** Number of requests to read a list. A full last page needs one more request, which returns an empty page. */
export function listRequests(rows: number): number {
	return Math.floor(rows / PAGE_SIZE) + 1;
}

/** The data that is needed of a page. */
export interface SnapshotOptions {
	components: boolean;
	/** Only viewers with these emails. Undefined for all viewers. */
	emails?: string[];
	/** How to find viewers by email. */
	lookUp?: LookUp;
}

/** The viewer groups of a page, and its components if they are needed. */
export interface PageObjects {
	page: { id: string; name: string };
	groups: ViewerGroup[];
	/** Without component groups. */
	components: Component[];
}

/** Reads the short lists of a page. */
export async function readPageObjects(
	api: StatuspageApi,
	page: Page,
	needs: { components: boolean },
): Promise<PageObjects> {
	const ids = { pageId: page.id };
	const [groups, components] = await Promise.all([
		api.list('listViewerGroups', ids, { isExact: true }),
		needs.components ? api.list('listComponents', ids, { isExact: true }) : [],
	]);
	return {
		page: { id: page.id, name: page.name },
		groups,
		components: components.filter(component.row.keep ?? (() => true)),
	};
}

/** The page with its viewers, before their own components and metrics are read. */
export function toSnapshot(objects: PageObjects, viewers: Viewer[]): PageSnapshot {
	return {
		...objects,
		viewers,
		componentsOf: new Map(),
		metricsOf: new Map(),
		names: new Map([...objects.groups, ...objects.components].map(({ id, name }) => [id, name])),
	};
}

/** Reads the lists of a page. Only needed lists are read, so the number of requests is predictable. */
export async function readSnapshot(api: StatuspageApi, page: Page, needs: SnapshotOptions): Promise<PageSnapshot> {
	const [viewers, objects] = await Promise.all([
		needs.emails
			? viewersWith(api, page.id, needs.emails, needs.lookUp).then((found) => [...found.values()].flat())
			: api.list('listViewers', { pageId: page.id }, { isExact: true }),
		readPageObjects(api, page, needs),
	]);
	return toSnapshot(objects, viewers);
}

/** Group IDs by viewer ID. A group's list may be cut at a multiple of 100 and a viewer's list may be outdated, so both count. */
export function groupIdsByViewer({
	viewers,
	groups,
}: Pick<PageSnapshot, 'viewers' | 'groups'>): Map<string, Set<string>> {
	const groupsOf = new Map(viewers.map(({ id, page_access_group_ids }) => [id, new Set(page_access_group_ids)]));
	for (const { id, page_access_user_ids } of groups)
		for (const viewerId of page_access_user_ids) groupsOf.get(viewerId)?.add(id);
	return groupsOf;
}

/** Default number of requests for single viewers that run at the same time. */
const DEFAULT_CONCURRENCY = 20;

/** Reads own components, with one request per viewer because no list contains them. At most `concurrency` requests run at a time. */
export async function readOwnComponents(
	api: StatuspageApi,
	snapshot: PageSnapshot,
	viewerIds: Iterable<string>,
	concurrency = DEFAULT_CONCURRENCY,
): Promise<void> {
	const { page, componentsOf } = snapshot;
	await mapConcurrently([...viewerIds], { concurrency, clock: api.connection.clock }, async (viewerId) => {
		const rows = await api.list('listViewerComponents', { pageId: page.id, viewerId }, { isExact: true });
		componentsOf.set(
			viewerId,
			rows.map(({ id }) => id),
		);
		for (const { id, name } of rows) snapshot.names.set(id, name);
	});
}

/** Reads own metrics, with one request per viewer. At most `concurrency` requests run at a time. */
export async function readOwnMetrics(
	api: StatuspageApi,
	snapshot: PageSnapshot,
	viewerIds: Iterable<string>,
	concurrency = DEFAULT_CONCURRENCY,
): Promise<void> {
	const { page, metricsOf } = snapshot;
	await mapConcurrently([...viewerIds], { concurrency, clock: api.connection.clock }, async (viewerId) => {
		const rows = await api.list('listViewerMetrics', { pageId: page.id, viewerId }, { isExact: true });
		metricsOf.set(
			viewerId,
			rows.map(({ id }) => id),
		);
		for (const { id, name } of rows) snapshot.names.set(id, name);
	});
}
