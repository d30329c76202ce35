import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { ListName } from '../api/endpoints';
import { isSame } from '../../shared/api/matching';
import { isComponent } from '../api/lookUps';
import { PAGE_SIZE } from '../api/paging';
import type { Component, Row, TeamMember, Viewer } from '../api/rows';
import { contains } from '../../shared/methods/picking';
import { withPicker, type Picker } from './picker';

/** A search may find nothing on many pages: it stops here, and goes on when the user scrolls. */
const MAX_PAGES_A_CALL = 3;

interface Search<R extends Row> {
	list: ListName;
	ids: Record<string, string>;
	/** What the user sees and searches in. */
	label: (row: R) => string;
	keep?: (row: R) => boolean;
	filter?: string;
	/** The page to go on with. */
	token?: string;
}

function named(row: Row): string {
	return String(row.name ?? row.id);
}

/** One page without a filter; with one, as many as a call may read. n8n takes the token as text only. */
async function searchPaged<R extends Row>(picker: Picker, { list, ids, label, keep = () => true, filter, token }: Search<R>): Promise<INodeListSearchResult> {
	const results: INodeListSearchResult['results'] = [];
	const first = Number(token ?? 1);
	const last = first + (filter ? MAX_PAGES_A_CALL : 1) - 1;
	for (let page = first; page <= last; page++) {
		const rows = await picker.page<R>(list, ids, page);
		const found = rows.filter((row) => keep(row) && contains(label(row), filter));
		results.push(...found.map((row) => ({ name: label(row), value: row.id })));
		if (rows.length < PAGE_SIZE) return { results };
	}
	return { results, paginationToken: String(last + 1) };
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
