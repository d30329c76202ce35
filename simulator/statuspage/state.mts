export type Json = Record<string, unknown>;

export interface Viewer {
	id: string;
	email: string;
	external_login: string | null;
	/** Asked for on creation; no answer shows it. */
	subscribe_to_components: boolean;
	groupIds: Set<string>;
	componentIds: Set<string>;
	metricIds: Set<string>;
	created_at: string;
	updated_at: string;
}

export interface Group {
	id: string;
	name: string;
	external_identifier: string | null;
	viewerIds: Set<string>;
	componentIds: Set<string>;
	metricIds: Set<string>;
	created_at: string;
	updated_at: string;
}

/** A component; with `group: true` the row that stands for a component group. */
export interface Component extends Json {
	id: string;
	group: boolean;
	group_id: string | null;
}

export type SubscriberState = 'active' | 'unconfirmed' | 'quarantined';

/** Somebody who gets notifications. Which state a subscriber is in is asked for, and shown by dates only. */
export interface Subscriber {
	row: Row;
	state: SubscriberState;
}

export interface Row extends Json {
	id: string;
}

export interface Page {
	row: Row;
	/** Role-based access control. */
	hasRoles: boolean;
	viewers: Map<string, Viewer>;
	/** Viewer IDs by e-mail in lower case: an address is taken once a page. */
	emails: Map<string, string>;
	groups: Map<string, Group>;
	components: Map<string, Component>;
	metrics: Map<string, Row>;
	subscribers: Map<string, Subscriber>;
}

export type RoleName = 'page_configuration' | 'incident_manager' | 'maintenance_manager';
export const ROLE_NAMES: readonly RoleName[] = ['page_configuration', 'incident_manager', 'maintenance_manager'];

export interface Member {
	row: Row & { email: string };
	/** By page; a page without role-based access control has no roles. */
	permissions: Map<string, Partial<Record<RoleName, boolean>>>;
}

export interface State {
	organizationId: string;
	pages: Map<string, Page>;
	members: Map<string, Member>;
	/** A new ID, never the same twice. */
	newId: () => string;
	/** The time that records carry. */
	now: () => string;
}

export function setGroupsOfViewer(page: Page, viewer: Viewer, groupIds: string[]): void {
	for (const id of viewer.groupIds) page.groups.get(id)?.viewerIds.delete(viewer.id);
	viewer.groupIds = new Set(groupIds);
	for (const id of groupIds) page.groups.get(id)?.viewerIds.add(viewer.id);
}

export function setViewersOfGroup(page: Page, group: Group, viewerIds: string[]): void {
	for (const id of group.viewerIds) page.viewers.get(id)?.groupIds.delete(group.id);
	group.viewerIds = new Set(viewerIds);
	for (const id of viewerIds) page.viewers.get(id)?.groupIds.add(group.id);
}
