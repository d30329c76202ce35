import type { ViewerGroup } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { SubCollection } from '../subCollection';
import { COMPONENT_FIELDS } from '../component/componentFields';

/** The components that the viewers in a group may see. */
export const componentsOfViewerGroup: SubCollection<{ pageId: string; viewerGroupId: string }, 'listComponents'> = {
	kind: component,
	idsName: 'componentIds',
	mainFields: COMPONENT_FIELDS,
	ownerOf: async (input, pageId) => ({ pageId, viewerGroupId: await input.idOf(viewerGroup, { pageId }) }),
	nameOf: (owner) => `the components of viewer group ${owner.viewerGroupId}`,
	list: async (api, owner, limit) => await api.list('listViewerGroupComponents', owner, { limit }),
	add: async (api, owner, component_ids) =>
		await api.call('addViewerGroupComponents', owner, { body: { component_ids } }),
	replace: async (api, owner, component_ids) =>
		await api.call('replaceViewerGroupComponents', owner, { body: { component_ids } }),
	remove: async (api, owner, componentId) => await api.remove('removeViewerGroupComponent', { ...owner, componentId }),
	ownerId: (owner) => owner.viewerGroupId,
	addTo: async (api, pageId, componentId, page_access_group_ids) =>
		await api.call('addComponentViewerGroups', { pageId, componentId }, { body: { page_access_group_ids } }),
	idsIn: (group) => (group as ViewerGroup).component_ids,
};
