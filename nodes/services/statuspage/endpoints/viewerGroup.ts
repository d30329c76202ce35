import { filledText, idList, many, object, one, optional, removal, text } from '../../../shared/client/answer';
import { component } from './component';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const GROUPS = `${PAGE}/page_access_groups` as const;
const GROUP = `${GROUPS}/{viewerGroupId}` as const;
const COMPONENTS = `${GROUP}/components` as const;

const viewerGroup = object({
	id: filledText,
	name: text,
	external_identifier: optional(text),
	page_access_user_ids: idList,
	component_ids: idList,
	metric_ids: idList,
});

/** The API's page access group. */
export type ViewerGroup = ReturnType<typeof viewerGroup>;

const theGroup = one(viewerGroup, 'viewer group', 'viewerGroupId');

export const viewerGroupEndpoints = {
	listViewerGroups: {
		method: 'GET',
		path: GROUPS,
		paging: PER_PAGE,
		answer: many(viewerGroup, 'viewer group'),
		noun: 'viewer groups of page',
		advice: PAGE_ADVICE,
	},
	createViewerGroup: {
		method: 'POST',
		path: GROUPS,
		envelope: 'page_access_group',
		answer: one(viewerGroup, 'viewer group'),
		noun: 'viewer group on page',
		advice: PAGE_ADVICE,
		isRepeatable: false,
	},
	getViewerGroup: { method: 'GET', path: GROUP, answer: theGroup, noun: 'viewer group' },
	updateViewerGroup: {
		method: 'PATCH',
		path: GROUP,
		envelope: 'page_access_group',
		answer: theGroup,
		noun: 'viewer group',
	},
	deleteViewerGroup: {
		method: 'DELETE',
		path: GROUP,
		answer: removal(theGroup),
		settledBy: { get: 'getViewerGroup' },
		noun: 'viewer group',
	},

	listViewerGroupComponents: {
		method: 'GET',
		path: COMPONENTS,
		paging: PER_PAGE,
		answer: many(component, 'component'),
		noun: 'components of viewer group',
	},
	addViewerGroupComponents: { method: 'PATCH', path: COMPONENTS, answer: theGroup, noun: 'components of viewer group' },
	replaceViewerGroupComponents: {
		method: 'POST',
		path: COMPONENTS,
		answer: theGroup,
		noun: 'components of viewer group',
	},
	removeViewerGroupComponent: {
		method: 'DELETE',
		path: `${COMPONENTS}/{componentId}`,
		answer: removal(theGroup),
		settledBy: { list: 'listViewerGroupComponents', id: 'componentId' },
		noun: 'access of viewer group {viewerGroupId} to component',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
