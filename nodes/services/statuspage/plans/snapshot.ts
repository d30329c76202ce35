import { mapConcurrently } from '../../../shared/http/concurrently';
import type { StatuspageApi } from '../statuspageApi';
import { component } from '../objects/component';
import { PAGE_SIZE } from '../paging';
import type { Component, Page, Viewer, ViewerGroup } from '../endpoints';
import { viewersWith, type LookUp } from '../viewers';

/** A page as its lists show it: who is there, which groups, which components. */
export interface PageSnapshot {
	page: { id: string; name: string };
	viewers: Viewer[];
	groups: ViewerGroup[];
	/** Without component groups; empty when nobody asked for them. */
	components: Component[];
	/** By viewer ID: what the viewer has besides the groups; for those viewers only who were asked about. */
	componentsOf: Map<string, string[]>;
	/** The same for own metrics. */
	metricsOf: Map<string, string[]>;
	/** Names of groups, components and metrics, by ID, as far as they were read. */
	names: Map<string, string>;
}

/** Requests that a list of so many rows takes: a full last page is followed by an empty one. */
export function listRequests(rows: number): number {
	return Math.floor(rows / PAGE_SIZE) + 1;
}

/** What is needed of a page. */
export interface Needs {
	components: boolean;
	/** Only viewers with these e-mails; all when left out. */
	emails?: string[];
	/** How these are looked for. */
	lookUp?: LookUp;
}

/** What a page consists of: its viewer groups, and its components where they are needed. */
export interface PageObjects {
	page: { id: string; name: string };
	groups: ViewerGroup[];
	/** Without component groups. */
	components: Component[];
}

/** Reads the short lists of a page. */
export async function readObjects(
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

/** The page with its viewers; nothing is known of what they have besides the groups. */
export function snapshotOf(objects: PageObjects, viewers: Viewer[]): PageSnapshot {
	return {
		...objects,
		viewers,
		componentsOf: new Map(),
		metricsOf: new Map(),
		names: new Map([...objects.groups, ...objects.components].map(({ id, name }) => [id, name])),
	};
}

/** Reads the lists of a page; nothing is asked for that may turn out not to be needed, so that the cost can be told beforehand. */
export async function readSnapshot(api: StatuspageApi, page: Page, needs: Needs): Promise<PageSnapshot> {
	const [viewers, objects] = await Promise.all([
		needs.emails
			? viewersWith(api, page.id, needs.emails, needs.lookUp).then((found) => [...found.values()].flat())
			: api.list('listViewers', { pageId: page.id }, { isExact: true }),
		readObjects(api, page, needs),
	]);
	return snapshotOf(objects, viewers);
}

/** A group's list may be cut at a multiple of 100, and a viewer's may lag: who stands in either is in the group. */
export function memberships({ viewers, groups }: Pick<PageSnapshot, 'viewers' | 'groups'>): Map<string, Set<string>> {
	const groupsOf = new Map(viewers.map(({ id, page_access_group_ids }) => [id, new Set(page_access_group_ids)]));
	for (const { id, page_access_user_ids } of groups)
		for (const viewerId of page_access_user_ids) groupsOf.get(viewerId)?.add(id);
	return groupsOf;
}

/** Requests for single viewers that run at a time, where the caller does not say. */
const CONCURRENCY = 20;

/** No list shows the own components of a viewer: one request per viewer, at most `concurrency` at a time. */
export async function readOwnComponents(
	api: StatuspageApi,
	snapshot: PageSnapshot,
	viewerIds: Iterable<string>,
	concurrency = CONCURRENCY,
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

/** The same for own metrics. */
export async function readOwnMetrics(
	api: StatuspageApi,
	snapshot: PageSnapshot,
	viewerIds: Iterable<string>,
	concurrency = CONCURRENCY,
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
