import type { ViewerGroup } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { SubCollection } from '../subCollection';
import { COMPONENT_FIELDS } from '../component/componentFields';

/** The components that the viewers in a group may see. */
export const componentsOfViewerGroup: SubCollection<{ pageId: string; viewerGroupId: string }, 'listComponents'> = {
	kind: component,
	ownerKind: viewerGroup,
	mainFields: COMPONENT_FIELDS,
	ownerOf: async (input, pageId) => ({ pageId, viewerGroupId: await input.idOf(viewerGroup, { pageId }) }),
	list: (api, owner, limit) => api.list('listViewerGroupComponents', owner, { limit }),
	add: (api, owner, component_ids) => api.call('addViewerGroupComponents', owner, { body: { component_ids } }),
	replace: (api, owner, component_ids) => api.call('replaceViewerGroupComponents', owner, { body: { component_ids } }),
	remove: (api, owner, componentId) => api.remove('removeViewerGroupComponent', { ...owner, componentId }),
	ownerId: (owner) => owner.viewerGroupId,
	addTo: (api, pageId, componentId, page_access_group_ids) =>
		api.call('addComponentViewerGroups', { pageId, componentId }, { body: { page_access_group_ids } }),
	idsIn: (group) => (group as ViewerGroup).component_ids,
	uses: {
		list: 'listViewerGroupComponents',
		add: 'addViewerGroupComponents',
		replace: 'replaceViewerGroupComponents',
		remove: 'removeViewerGroupComponent',
		addTo: 'addComponentViewerGroups',
	},
};
