import { component } from '../../../services/statuspage/objects/component';
import type { SubCollection } from '../subCollection';
import { COMPONENT_FIELDS } from '../component/componentFields';
import { viewerId } from '../itemViewer';

/** The components that a viewer may see besides those of the groups. */
export const componentsOfViewer: SubCollection<{ pageId: string; viewerId: string }, 'listComponents'> = {
	kind: component,
	idsName: 'componentIds',
	mainFields: COMPONENT_FIELDS,
	ownerOf: async (input, pageId) => ({ pageId, viewerId: await viewerId(input, pageId) }),
	nameOf: (owner) => `the components of viewer ${owner.viewerId}`,
	list: async (api, owner, limit) => await api.list('listViewerComponents', owner, { limit }),
	add: async (api, owner, component_ids) => await api.call('addViewerComponents', owner, { body: { component_ids } }),
	replace: async (api, owner, component_ids) =>
		await api.call('replaceViewerComponents', owner, { body: { component_ids } }),
	remove: async (api, owner, componentId) => await api.remove('removeViewerComponent', { ...owner, componentId }),
	ownerId: (owner) => owner.viewerId,
	addTo: async (api, pageId, componentId, page_access_user_ids) =>
		await api.call('addComponentViewers', { pageId, componentId }, { body: { page_access_user_ids } }),
	idsIn: () => undefined,
};
