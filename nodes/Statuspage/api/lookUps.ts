import { isSame, onlyOne } from '../../shared/api/matching';
import type { StatuspageApi } from './client';
import type { Component, Page, Row, TeamMember, ViewerGroup } from './rows';

/** A component group stands in the list of components as a row, but is no component. */
export function isComponent(row: { group?: boolean }): boolean {
	return row.group !== true;
}

export async function pageByName(api: StatuspageApi, name: string): Promise<Row> {
	const pages = await api.remember('pages', async () => await api.list('listPages', {}));
	return onlyOne(pages, (page) => isSame(page.name, name), `page with the name "${name}"`);
}

/** A page, read once a run. */
export async function pageById(api: StatuspageApi, pageId: string): Promise<Page> {
	return await api.remember(`page ${pageId}`, async () => await api.call<'getPage', Page>('getPage', { pageId }));
}

/** The groups of a page, read once a run. */
export async function viewerGroups(api: StatuspageApi, pageId: string): Promise<ViewerGroup[]> {
	return await api.remember(`viewerGroups ${pageId}`, async () => await api.list<ViewerGroup>('listViewerGroups', { pageId }));
}

export async function viewerGroupByName(api: StatuspageApi, pageId: string, name: string): Promise<ViewerGroup> {
	return onlyOne(await viewerGroups(api, pageId), (group) => isSame(group.name, name), `viewer group with the name "${name}"`);
}

export async function componentByName(api: StatuspageApi, pageId: string, name: string): Promise<Component> {
	const components = await api.remember(`components ${pageId}`, async () =>
		await api.list<Component>('listComponents', { pageId }, { keep: isComponent }),
	);
	return onlyOne(components, (component) => isSame(component.name, name), `component with the name "${name}"`);
}

/** The service has no call for one team member: the list is read once a run. */
export async function teamMember(api: StatuspageApi, organizationId: string, by: { id: string } | { email: string }): Promise<TeamMember> {
	const members = await api.remember(`teamMembers ${organizationId}`, async () =>
		await api.list<TeamMember>('listTeamMembers', { organizationId }),
	);
	return 'id' in by
		? onlyOne(members, ({ id }) => id === by.id, `team member with the ID "${by.id}"`)
		: onlyOne(members, ({ email }) => isSame(email, by.email), `team member with the e-mail "${by.email}"`);
}
