import { Breather } from '../../shared/http/breather';
import type { StatuspageApi } from './statuspageApi';
import type { Component, Page, ViewerGroup } from './endpoints';
import { memberships, readOwnComponents, readSnapshot, type PageSnapshot } from './plans/snapshot';

/** One viewer with access to a component, and one way to it. */
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
	/** Viewer groups that have the component. */
	groups: ViewerGroup[];
	/** Those of them that have no viewers. */
	emptyGroups: ViewerGroup[];
	/** All viewers of the page. */
	viewersOnPage: number;
	/** False when own components were not looked at. */
	hasDirect: boolean;
}

/** The lists of a page, read once per run: several components of a page share them. */
async function pageLists(api: StatuspageApi, pageId: string): Promise<PageSnapshot> {
	return await api.cache.read(
		`audience ${pageId}`,
		async () => await readSnapshot(api, { id: pageId, name: pageId } as Page, { components: false }),
	);
}

/** The same with own components, at one request per viewer. */
async function pageListsWithOwn(api: StatuspageApi, pageId: string, concurrency: number): Promise<PageSnapshot> {
	return await api.cache.read(`audience with own components ${pageId}`, async () => {
		const lists = await pageLists(api, pageId);
		await readOwnComponents(
			api,
			lists,
			lists.viewers.map(({ id }) => id),
			concurrency,
		);
		return lists;
	});
}

/**
 * The viewers with access to a component, each with every way to it.
 *
 * @param hasDirect own components are looked at as well, at one request per viewer, once per page and run
 * @param concurrency requests for single viewers that run at a time
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
	const groupsOf = memberships(lists);
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
