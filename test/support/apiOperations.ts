type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the Manage API. */
export interface ApiOperation {
	method: Method;
	/** Behind /v1, with the names of our endpoints for the IDs. */
	path: string;
	/** The documented status code of a success. */
	status: number;
}

const PAGE = '/pages/{pageId}';
const VIEWER = `${PAGE}/page_access_users/{viewerId}`;
const VIEWER_GROUP = `${PAGE}/page_access_groups/{viewerGroupId}`;
const COMPONENT = `${PAGE}/components/{componentId}`;
const COMPONENT_GROUP = `${PAGE}/component-groups/{componentGroupId}`;
const INCIDENT = `${PAGE}/incidents/{incidentId}`;
const INCIDENT_SUBSCRIBER = `${INCIDENT}/subscribers/{incidentSubscriberId}`;
const SUBSCRIBER = `${PAGE}/subscribers/{subscriberId}`;
const METRIC = `${PAGE}/metrics/{metricId}`;
const METRIC_PROVIDER = `${PAGE}/metrics_providers/{metricProviderId}`;
const ORGANIZATION = '/organizations/{organizationId}';

/** The methods of each path, with the documented status code of a success. */
const PATHS: Record<string, Partial<Record<Method, number>>> = {
	'/pages': { GET: 200 },
	[PAGE]: { GET: 200, PATCH: 200, PUT: 200 },
	[`${PAGE}/status_embed_config`]: { GET: 200, PATCH: 200, PUT: 200 },

	[`${PAGE}/page_access_users`]: { GET: 200, POST: 200 },
	[VIEWER]: { GET: 200, PATCH: 200, PUT: 200, DELETE: 204 },
	[`${VIEWER}/components`]: { GET: 200, PATCH: 200, PUT: 200, POST: 201, DELETE: 200 },
	[`${VIEWER}/components/{componentId}`]: { DELETE: 200 },
	[`${VIEWER}/metrics`]: { GET: 200, PATCH: 200, PUT: 200, POST: 201, DELETE: 200 },
	[`${VIEWER}/metrics/{metricId}`]: { DELETE: 200 },

	[`${PAGE}/page_access_groups`]: { GET: 200, POST: 201 },
	[VIEWER_GROUP]: { GET: 200, PATCH: 200, PUT: 200, DELETE: 200 },
	[`${VIEWER_GROUP}/components`]: { GET: 200, PATCH: 200, PUT: 200, POST: 201, DELETE: 200 },
	[`${VIEWER_GROUP}/components/{componentId}`]: { DELETE: 200 },

	[`${PAGE}/components`]: { GET: 200, POST: 201 },
	[COMPONENT]: { GET: 200, PATCH: 200, PUT: 200, DELETE: 204 },
	[`${COMPONENT}/uptime`]: { GET: 200 },
	[`${COMPONENT}/page_access_users`]: { POST: 201, DELETE: 200 },
	[`${COMPONENT}/page_access_groups`]: { POST: 201, DELETE: 200 },
	[`${PAGE}/component-groups`]: { GET: 200, POST: 201 },
	[COMPONENT_GROUP]: { GET: 200, PATCH: 200, PUT: 200, DELETE: 200 },
	[`${COMPONENT_GROUP}/uptime`]: { GET: 200 },

	[`${PAGE}/incidents`]: { GET: 200, POST: 201 },
	[`${PAGE}/incidents/unresolved`]: { GET: 200 },
	[`${PAGE}/incidents/scheduled`]: { GET: 200 },
	[`${PAGE}/incidents/upcoming`]: { GET: 200 },
	[`${PAGE}/incidents/active_maintenance`]: { GET: 200 },
	[INCIDENT]: { GET: 200, PATCH: 200, PUT: 200, DELETE: 200 },
	[`${INCIDENT}/incident_updates/{incidentUpdateId}`]: { PATCH: 200, PUT: 200 },
	[`${INCIDENT}/subscribers`]: { GET: 200, POST: 201 },
	[INCIDENT_SUBSCRIBER]: { GET: 200, DELETE: 200 },
	[`${INCIDENT_SUBSCRIBER}/resend_confirmation`]: { POST: 201 },
	[`${INCIDENT}/postmortem`]: { GET: 200, PUT: 200, DELETE: 204 },
	[`${INCIDENT}/postmortem/publish`]: { PUT: 200 },
	[`${INCIDENT}/postmortem/revert`]: { PUT: 200 },
	[`${PAGE}/incident_templates`]: { GET: 200, POST: 201 },

	[`${PAGE}/subscribers`]: { GET: 200, POST: 201 },
	[SUBSCRIBER]: { GET: 200, PATCH: 200, DELETE: 200 },
	[`${SUBSCRIBER}/resend_confirmation`]: { POST: 201 },
	[`${PAGE}/subscribers/count`]: { GET: 200 },
	[`${PAGE}/subscribers/histogram_by_state`]: { GET: 200 },
	[`${PAGE}/subscribers/unsubscribed`]: { GET: 200 },
	[`${PAGE}/subscribers/unsubscribe`]: { POST: 201 },
	[`${PAGE}/subscribers/reactivate`]: { POST: 201 },
	[`${PAGE}/subscribers/resend_confirmation`]: { POST: 201 },

	[`${PAGE}/metrics`]: { GET: 200 },
	[`${PAGE}/metrics/data`]: { POST: 202 },
	[METRIC]: { GET: 200, PATCH: 200, PUT: 200, DELETE: 200 },
	[`${METRIC}/data`]: { POST: 201, DELETE: 200 },
	[`${PAGE}/metrics_providers`]: { GET: 200, POST: 201 },
	[METRIC_PROVIDER]: { GET: 200, PATCH: 200, PUT: 200, DELETE: 200 },
	[`${METRIC_PROVIDER}/metrics`]: { GET: 200, POST: 201 },

	[`${ORGANIZATION}/users`]: { GET: 200, POST: 201 },
	[`${ORGANIZATION}/users/{teamMemberId}`]: { DELETE: 200 },
	[`${ORGANIZATION}/permissions/{teamMemberId}`]: { GET: 200, PUT: 200 },
};

/** All operations of the Manage API. */
export const apiOperations: ApiOperation[] = Object.entries(PATHS).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, status]) => ({ method: method as Method, path, status })),
);

/** E.g. "GET /pages". */
export const operationName = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
