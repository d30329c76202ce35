import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { ListName } from '../api/endpoints';
import { isSame } from '../../shared/api/matching';
import { isComponent } from '../api/lookUps';
import { PAGE_SIZE } from '../api/paging';
import type { Component, Row, TeamMember, Viewer } from '../api/rows';
import { contains } from '../../shared/methods/picking';
import { searchPiecewise, type Search } from '../../shared/methods/search';
import { withPicker, type Picker } from './picker';

interface PagedSearch<R extends Row> extends Omit<Search<R>, 'read'> {
	list: ListName;
	ids: Record<string, string>;
}

function named(row: Row): string {
	return String(row.name ?? row.id);
}

async function searchPaged<R extends Row>(picker: Picker, { list, ids, ...search }: PagedSearch<R>): Promise<INodeListSearchResult> {
	return await searchPiecewise<R>({
		...search,
		read: async (token = '1') => {
			const rows = await picker.page<R>(list, ids, Number(token));
			return { rows, next: rows.length < PAGE_SIZE ? undefined : String(Number(token) + 1) };
		},
	});
}

export async function searchPages(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const pages = await picker.list('listPages', {});
		const results = pages.filter((page) => contains(named(page), filter)).map((page) => ({ name: named(page), value: page.id }));
		return { results };
	});
}

/** Asks the service for the address first: on a page with thousands of viewers, reading on would take a minute. */
export async function searchViewers(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const ids = { pageId: await picker.pageId() };
		const label = (viewer: Viewer) => viewer.email ?? viewer.external_login ?? viewer.id;
		const asked = filter ? await picker.list<Viewer>('listViewers', ids, { email: filter.trim() }) : [];
		const found = asked.filter((viewer) => contains(label(viewer), filter));
		if (!token && found.some((viewer) => isSame(viewer.email, filter))) {
			return { results: found.map((viewer) => ({ name: label(viewer), value: viewer.id })) };
		}
		const isNew = (viewer: Viewer) => !found.some(({ id }) => id === viewer.id);
		const { results, paginationToken } = await searchPaged<Viewer>(picker, { list: 'listViewers', ids, label, keep: isNew, filter, token });
		const first = token ? [] : found.map((viewer) => ({ name: label(viewer), value: viewer.id }));
		return { results: [...first, ...results], paginationToken };
	});
}

export async function searchViewerGroups(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) =>
		await searchPaged(picker, { list: 'listViewerGroups', ids: { pageId: await picker.pageId() }, label: named, filter, token }),
	);
}

export async function searchComponents(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) =>
		await searchPaged<Component>(picker, { list: 'listComponents', ids: { pageId: await picker.pageId() }, label: named, keep: isComponent, filter, token }),
	);
}

export async function searchMetrics(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) =>
		await searchPaged(picker, { list: 'listMetrics', ids: { pageId: await picker.pageId() }, label: named, filter, token }),
	);
}

export async function searchTeamMembers(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const label = ({ first_name, last_name, email }: TeamMember) => {
			const name = [first_name, last_name].filter(Boolean).join(' ');
			return name ? `${name} (${email})` : email;
		};
		return await searchPaged<TeamMember>(picker, { list: 'listTeamMembers', ids: { organizationId: picker.organizationId() }, label, filter, token });
	});
}
