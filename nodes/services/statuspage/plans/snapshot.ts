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
	groups: ViewerGroup[];
	/** Without component groups. */
	components: Component[];
}

/** Reads the short lists of a page. */
export async function readPageObjects(
	api: StatuspageApi,
	pageId: string,
	needs: { components: boolean },
): Promise<PageObjects> {
	const ids = { pageId };
	const [groups, components] = await Promise.all([
		api.list('listViewerGroups', ids, { isExact: true }),
		needs.components ? api.list('listComponents', ids, { isExact: true }) : [],
	]);
	return {
		groups,
		components: components.filter(component.row.keep ?? (() => true)),
	};
}

/** The page with its viewers, before their own components and metrics are read. */
export function toSnapshot({ id, name }: Page, objects: PageObjects, viewers: Viewer[]): PageSnapshot {
	return {
		page: { id, name },
		...objects,
		viewers,
		componentsOf: new Map(),
		metricsOf: new Map(),
		names: new Map([...objects.groups, ...objects.components].map((object) => [object.id, object.name])),
	};
}

/** Reads the lists of a page side by side. Only needed lists are read, so the number of requests is predictable. */
export async function readSnapshot(api: StatuspageApi, page: Page, needs: SnapshotOptions): Promise<PageSnapshot> {
	const [viewers, objects] = await Promise.all([
		needs.emails
			? viewersWith(api, page.id, needs.emails, needs.lookUp).then((found) => [...found.values()].flat())
			: api.list('listViewers', { pageId: page.id }, { isExact: true }),
		readPageObjects(api, page.id, needs),
	]);
	return toSnapshot(page, objects, viewers);
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

/** A list of what a viewer has besides the viewer groups. */
export interface OwnList {
	snapshot: PageSnapshot;
	viewerId: string;
	list: 'listViewerComponents' | 'listViewerMetrics';
}

/** Reads own components and metrics, with one request per viewer because no list contains them. At most `concurrency` requests run at a time. */
export async function readOwnLists(api: StatuspageApi, lists: OwnList[], concurrency: number): Promise<void> {
	await mapConcurrently(lists, { concurrency, clock: api.connection.clock }, async ({ snapshot, viewerId, list }) => {
		const { page, componentsOf, metricsOf, names } = snapshot;
		const rows = await api.list(list, { pageId: page.id, viewerId }, { isExact: true });
		const own = list === 'listViewerComponents' ? componentsOf : metricsOf;
		own.set(
			viewerId,
			rows.map(({ id }) => id),
		);
		for (const { id, name } of rows) names.set(id, name);
	});
}

/** The lists of own components of viewers. */
export function ownComponents(snapshot: PageSnapshot, viewerIds: Iterable<string>): OwnList[] {
	return [...viewerIds].map((viewerId) => ({ snapshot, viewerId, list: 'listViewerComponents' }));
}

/** The lists of own metrics of viewers. */
export function ownMetrics(snapshot: PageSnapshot, viewerIds: Iterable<string>): OwnList[] {
	return [...viewerIds].map((viewerId) => ({ snapshot, viewerId, list: 'listViewerMetrics' }));
}
