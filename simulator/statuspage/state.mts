export type Json = Record<string, unknown>;

export interface Viewer {
	id: string;
	email: string;
	external_login: string | null;
	/** Only sent on creation. Responses don't contain it. */
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

/** A component, or a component group if `group` is true. */
export interface Component extends Json {
	id: string;
	group: boolean;
	group_id: string | null;
}

export type SubscriberState = 'active' | 'unconfirmed' | 'quarantined';

/** A subscriber. Responses don't contain the state, but can be filtered by it. */
export interface Subscriber {
	row: Row;
	state: SubscriberState;
	/** Number of confirmations that were sent again. */
	confirmations?: number;
}

export interface Row extends Json {
	id: string;
}

/** An incident or a maintenance. Its `components` in answers are made from `componentIds`. */
export interface Incident {
	row: Row;
	/** Newest first, as in answers. */
	updates: Row[];
	componentIds: Set<string>;
	subscribers: Map<string, Subscriber>;
	postmortem?: Json;
}

export interface Page {
	row: Row;
	/** Whether the page has role-based access control. */
	hasRoles: boolean;
	viewers: Map<string, Viewer>;
	/** Viewer IDs by lowercase email, which is unique per page. */
	emails: Map<string, string>;
	groups: Map<string, Group>;
	components: Map<string, Component>;
	metrics: Map<string, Row>;
	/** Data points by ID of metric: values by Unix seconds, in steps of 30. */
	metricData: Map<string, Map<number, number>>;
	subscribers: Map<string, Subscriber>;
	/** Newest first. */
	unsubscribed: Row[];
	/** Newest first, as in answers. */
	incidents: Map<string, Incident>;
	templates: Map<string, Row>;
	metricProviders: Map<string, Row>;
	embedConfig: Json;
}

export type RoleName = 'page_configuration' | 'incident_manager' | 'maintenance_manager';
export const ROLE_NAMES: readonly RoleName[] = ['page_configuration', 'incident_manager', 'maintenance_manager'];

export interface Member {
	row: Row & { email: string };
	/** Roles by page ID; empty for a page without role-based access control. */
	permissions: Map<string, Partial<Record<RoleName, boolean>>>;
}

export interface State {
	organizationId: string;
	pages: Map<string, Page>;
	members: Map<string, Member>;
	/** Returns a new, unique ID. */
	newId: () => string;
	/** Returns the current time for timestamps. */
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
