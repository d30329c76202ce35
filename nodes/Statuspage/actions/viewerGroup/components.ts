import type { ViewerGroup } from '../../api/rows';
import type { Collection } from '../collection';
import { COMPONENT_FIELDS } from '../component/fields';
import { viewerGroupId } from '../fields/viewerGroup';

/** The components that the viewers in a group may see. */
export const componentsOfViewerGroup: Collection<{ pageId: string; viewerGroupId: string }> = {
	idsName: 'componentIds',
	mainFields: COMPONENT_FIELDS,
	ownerOf: async (input, pageId) => ({ pageId, viewerGroupId: await viewerGroupId(input, pageId) }),
	nameOf: (owner) => `the components of viewer group ${owner.viewerGroupId}`,
	list: async (api, owner, limit) => await api.list('listViewerGroupComponents', owner, { limit }),
	add: async (api, owner, component_ids) => await api.call('addViewerGroupComponents', owner, { body: { component_ids } }),
	replace: async (api, owner, component_ids) => await api.call('replaceViewerGroupComponents', owner, { body: { component_ids } }),
	remove: async (api, owner, componentId) => await api.call('removeViewerGroupComponent', { ...owner, componentId }),
	ownerId: (owner) => owner.viewerGroupId,
	addTo: async (api, pageId, componentId, page_access_group_ids) => await api.call('addComponentViewerGroups', { pageId, componentId }, { body: { page_access_group_ids } }),
	idsIn: (group) => (group as ViewerGroup).component_ids,
};
