import type { Endpoint as ServiceEndpoint, IdsOf } from '../../shared/api/endpoint';

/**
 * How a list is read: `perPage` is `page` from 1 with `per_page`; `limitFrom0` is `page` from 0 with `limit`. Lists without `paging`
 * answer whole. (Source: the vendor's OpenAPI document and its announcement of enforced pagination.)
 */
export type Paging = 'perPage' | 'limitFrom0';

export interface Endpoint extends ServiceEndpoint {
	paging?: Paging;
}

const PAGE = '/pages/{pageId}';
const VIEWERS = `${PAGE}/page_access_users` as const;
const VIEWER = `${VIEWERS}/{viewerId}` as const;
const GROUPS = `${PAGE}/page_access_groups` as const;
const GROUP = `${GROUPS}/{viewerGroupId}` as const;
const COMPONENTS = `${PAGE}/components` as const;
const COMPONENT = `${COMPONENTS}/{componentId}` as const;
const SUBSCRIBERS = `${PAGE}/subscribers` as const;
const SUBSCRIBER = `${SUBSCRIBERS}/{subscriberId}` as const;
const ORGANIZATION = '/organizations/{organizationId}';

/** One row an API operation. On sub-collections POST replaces and PATCH adds, whatever their names suggest. */
export const endpoints = {
	listPages: { method: 'GET', path: '/pages', answer: 'list', noun: 'pages' },
	getPage: { method: 'GET', path: PAGE, answer: 'object', noun: 'page' },

	listViewers: { method: 'GET', path: VIEWERS, paging: 'perPage', answer: 'list', noun: 'viewers of page' },
	createViewer: { method: 'POST', path: VIEWERS, envelope: 'page_access_user', answer: 'object', noun: 'new viewer on page', creates: true },
	getViewer: { method: 'GET', path: VIEWER, answer: 'object', noun: 'viewer' },
	updateViewer: { method: 'PATCH', path: VIEWER, envelope: 'page_access_user', answer: 'object', noun: 'viewer' },
	deleteViewer: { method: 'DELETE', path: VIEWER, answer: 'none', noun: 'viewer' },

	listViewerComponents: { method: 'GET', path: `${VIEWER}/components`, paging: 'perPage', answer: 'list', noun: 'components of viewer' },
	addViewerComponents: { method: 'PATCH', path: `${VIEWER}/components`, answer: 'object', noun: 'components of viewer' },
	replaceViewerComponents: { method: 'POST', path: `${VIEWER}/components`, answer: 'object', noun: 'components of viewer' },
	removeViewerComponent: { method: 'DELETE', path: `${VIEWER}/components/{componentId}`, answer: 'none', noun: 'component' },

	listViewerMetrics: { method: 'GET', path: `${VIEWER}/metrics`, paging: 'perPage', answer: 'list', noun: 'metrics of viewer' },
	addViewerMetrics: { method: 'PATCH', path: `${VIEWER}/metrics`, answer: 'object', noun: 'metrics of viewer' },
	replaceViewerMetrics: { method: 'POST', path: `${VIEWER}/metrics`, answer: 'object', noun: 'metrics of viewer' },
	removeViewerMetric: { method: 'DELETE', path: `${VIEWER}/metrics/{metricId}`, answer: 'none', noun: 'metric' },

	listViewerGroups: { method: 'GET', path: GROUPS, paging: 'perPage', answer: 'list', noun: 'viewer groups of page' },
	createViewerGroup: { method: 'POST', path: GROUPS, envelope: 'page_access_group', answer: 'object', noun: 'new viewer group on page', creates: true },
	getViewerGroup: { method: 'GET', path: GROUP, answer: 'object', noun: 'viewer group' },
	updateViewerGroup: { method: 'PATCH', path: GROUP, envelope: 'page_access_group', answer: 'object', noun: 'viewer group' },
	deleteViewerGroup: { method: 'DELETE', path: GROUP, answer: 'none', noun: 'viewer group' },

	listViewerGroupComponents: { method: 'GET', path: `${GROUP}/components`, paging: 'perPage', answer: 'list', noun: 'components of viewer group' },
	addViewerGroupComponents: { method: 'PATCH', path: `${GROUP}/components`, answer: 'object', noun: 'components of viewer group' },
	replaceViewerGroupComponents: { method: 'POST', path: `${GROUP}/components`, answer: 'object', noun: 'components of viewer group' },
	removeViewerGroupComponent: { method: 'DELETE', path: `${GROUP}/components/{componentId}`, answer: 'none', noun: 'component' },

	listComponents: { method: 'GET', path: COMPONENTS, paging: 'perPage', answer: 'list', noun: 'components of page' },
	createComponent: { method: 'POST', path: COMPONENTS, envelope: 'component', answer: 'object', noun: 'new component on page', creates: true },
	getComponent: { method: 'GET', path: COMPONENT, answer: 'object', noun: 'component' },
	updateComponent: { method: 'PATCH', path: COMPONENT, envelope: 'component', answer: 'object', noun: 'component' },
	deleteComponent: { method: 'DELETE', path: COMPONENT, answer: 'none', noun: 'component' },
	getComponentUptime: { method: 'GET', path: `${COMPONENT}/uptime`, answer: 'object', noun: 'uptime of component' },
	// Documented with a form body only.
	addComponentViewers: { method: 'POST', path: `${COMPONENT}/page_access_users`, isForm: true, answer: 'object', noun: 'viewers of component' },
	addComponentViewerGroups: { method: 'POST', path: `${COMPONENT}/page_access_groups`, answer: 'object', noun: 'viewer groups of component' },

	listComponentGroups: { method: 'GET', path: `${PAGE}/component-groups`, paging: 'perPage', answer: 'list', noun: 'component groups of page' },
	listMetrics: { method: 'GET', path: `${PAGE}/metrics`, paging: 'perPage', answer: 'list', noun: 'metrics of page' },

	listSubscribers: { method: 'GET', path: SUBSCRIBERS, paging: 'limitFrom0', answer: 'list', noun: 'subscribers of page' },
	getSubscriber: { method: 'GET', path: SUBSCRIBER, answer: 'object', noun: 'subscriber' },
	deleteSubscriber: { method: 'DELETE', path: SUBSCRIBER, answer: 'none', noun: 'subscriber' },

	deleteTeamMember: { method: 'DELETE', path: `${ORGANIZATION}/users/{teamMemberId}`, answer: 'none', noun: 'team member' },
	listTeamMembers: { method: 'GET', path: `${ORGANIZATION}/users`, paging: 'perPage', answer: 'list', noun: 'team members of organization' },
	getPermissions: { method: 'GET', path: `${ORGANIZATION}/permissions/{teamMemberId}`, answer: 'object', noun: 'permissions of team member' },
	replacePermissions: { method: 'PUT', path: `${ORGANIZATION}/permissions/{teamMemberId}`, answer: 'object', noun: 'permissions of team member' },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;

export type ListName = {
	[Name in EndpointName]: (typeof endpoints)[Name]['answer'] extends 'list' ? Name : never;
}[EndpointName];

/** The IDs that the path of an endpoint needs. */
export type PathIds<Name extends EndpointName> = IdsOf<(typeof endpoints)[Name]['path']>;
