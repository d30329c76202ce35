import { Breather } from '../../shared/http/breather';
import type { StatuspageApi } from './statuspageApi';
import type { Component, Page, ViewerGroup } from './endpoints';
import { groupIdsByViewer, ownComponents, readOwnLists, readSnapshot, type PageSnapshot } from './plans/snapshot';

/** A viewer with access to a component, and one type of access. */
export interface AudienceRow {
	kind: 'access';
	componentId: string;
	component: string;
	viewerId: string;
	email: string | null;
	externalLogin: string | null;
	way: 'group' | 'direct';
	viewerGroupId?: string;
	viewerGroup?: string;
}

export interface ComponentAudience {
	rows: AudienceRow[];
	/** Viewer groups that contain the component. */
	groups: ViewerGroup[];
	/** Viewer groups that contain the component and have no viewers. */
	emptyGroups: ViewerGroup[];
	/** Number of viewers of the page. */
	viewersOnPage: number;
	/** False if own components were not read. */
	hasDirect: boolean;
}

/** Reads the lists of a page once per run, because several components of a page need them. */
async function pageLists(api: StatuspageApi, pageId: string): Promise<PageSnapshot> {
	return await api.cache.read(
		`viewers of components ${pageId}`,
		async () => await readSnapshot(api, { id: pageId, name: pageId } as Page, { components: false }),
	);
}

/** Reads the lists of a page with own components, at one request per viewer. */
async function pageListsWithOwn(api: StatuspageApi, pageId: string, concurrency: number): Promise<PageSnapshot> {
	return await api.cache.read(`audience with own components ${pageId}`, async () => {
		const lists = await pageLists(api, pageId);
		const ids = lists.viewers.map(({ id }) => id);
		await readOwnLists(api, ownComponents(lists, ids), concurrency);
		return lists;
	});
}

/**
 * Finds the viewers with access to a component, with one row per viewer and type of access.
 *
 * @param hasDirect also reads own components, at one request per viewer, once per page and run
 * @param concurrency number of requests for single viewers that run at the same time
 */
export async function componentAudience(
	api: StatuspageApi,
	pageId: string,
	component: Component,
	hasDirect: boolean,
	concurrency: number,
): Promise<ComponentAudience> {
	const lists = hasDirect ? await pageListsWithOwn(api, pageId, concurrency) : await pageLists(api, pageId);
	const breather = new Breather(api.connection.clock);
	const groups = lists.groups.filter(({ component_ids }) => component_ids.includes(component.id));
	const byId = new Map(groups.map((group) => [group.id, group]));
	const filled = new Set<string>();
	const groupsOf = groupIdsByViewer(lists);
	const rows: AudienceRow[] = [];
	for (const { id, email, external_login } of lists.viewers) {
		await breather.breathe();
		const row = {
			kind: 'access',
			componentId: component.id,
			component: component.name,
			viewerId: id,
			email,
			externalLogin: external_login ?? null,
		} as const;
		for (const groupId of groupsOf.get(id) ?? []) {
			const group = byId.get(groupId);
			if (!group) continue;
			filled.add(groupId);
			rows.push({ ...row, way: 'group', viewerGroupId: groupId, viewerGroup: group.name });
		}
		if (hasDirect && lists.componentsOf.get(id)?.includes(component.id)) rows.push({ ...row, way: 'direct' });
	}
	return {
		rows,
		groups,
		emptyGroups: groups.filter(({ id }) => !filled.has(id)),
		viewersOnPage: lists.viewers.length,
		hasDirect,
	};
}
