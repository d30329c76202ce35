import {
	filledText,
	idList,
	many,
	nullable,
	object,
	one,
	optional,
	removal,
	text,
	type Check,
} from '../../../shared/client/answer';
import { NotUnderstood } from '../../../shared/http/outcome';
import { component } from './component';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';
import { metric } from './metric';

const VIEWERS = `${PAGE}/page_access_users` as const;
const VIEWER = `${VIEWERS}/{viewerId}` as const;
const COMPONENTS = `${VIEWER}/components` as const;
const METRICS = `${VIEWER}/metrics` as const;

const fields = object({
	id: filledText,
	email: nullable(text),
	external_login: optional(text),
	// The vendor's document calls it a text, with a list as its example.
	page_access_group_ids: idList,
	created_at: optional(text),
});

/** The API's page access user. */
export type Viewer = ReturnType<typeof fields>;

/** Viewers log in with an email or an external login: a row with neither could be anybody's. */
const viewer: Check<Viewer> = (value, what) => {
	const row = fields(value, what);
	if (!row.email && !row.external_login) throw new NotUnderstood(`${what} has neither an email nor an external login`);
	return row;
};

const theViewer = one(viewer, 'viewer', 'viewerId');

/** For components and metrics, POST replaces the list and PATCH adds to it. */
export const viewerEndpoints = {
	listViewers: {
		method: 'GET',
		path: VIEWERS,
		paging: PER_PAGE,
		answer: many(viewer, 'viewer'),
		noun: 'viewers of page',
		advice: PAGE_ADVICE,
	},
	createViewer: {
		method: 'POST',
		path: VIEWERS,
		envelope: 'page_access_user',
		answer: one(viewer, 'viewer'),
		noun: 'viewer on page',
		advice: { 409: "Use 'Create or Update' to change the existing viewer" },
		isRepeatable: false,
	},
	getViewer: { method: 'GET', path: VIEWER, answer: theViewer, noun: 'viewer' },
	updateViewer: { method: 'PATCH', path: VIEWER, envelope: 'page_access_user', answer: theViewer, noun: 'viewer' },
	deleteViewer: { method: 'DELETE', path: VIEWER, answer: removal(), settledBy: { get: 'getViewer' }, noun: 'viewer' },

	listViewerComponents: {
		method: 'GET',
		path: COMPONENTS,
		paging: PER_PAGE,
		answer: many(component, 'component'),
		noun: 'components of viewer',
	},
	addViewerComponents: { method: 'PATCH', path: COMPONENTS, answer: theViewer, noun: 'components of viewer' },
	replaceViewerComponents: { method: 'POST', path: COMPONENTS, answer: theViewer, noun: 'components of viewer' },
	removeViewerComponent: {
		method: 'DELETE',
		path: `${COMPONENTS}/{componentId}`,
		answer: removal(theViewer),
		settledBy: { list: 'listViewerComponents', id: 'componentId' },
		noun: 'access of viewer {viewerId} to component',
	},

	listViewerMetrics: {
		method: 'GET',
		path: METRICS,
		paging: PER_PAGE,
		answer: many(metric, 'metric'),
		noun: 'metrics of viewer',
	},
	addViewerMetrics: { method: 'PATCH', path: METRICS, answer: theViewer, noun: 'metrics of viewer' },
	replaceViewerMetrics: { method: 'POST', path: METRICS, answer: theViewer, noun: 'metrics of viewer' },
	removeViewerMetric: {
		method: 'DELETE',
		path: `${METRICS}/{metricId}`,
		answer: removal(theViewer),
		settledBy: { list: 'listViewerMetrics', id: 'metricId' },
		noun: 'access of viewer {viewerId} to metric',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
