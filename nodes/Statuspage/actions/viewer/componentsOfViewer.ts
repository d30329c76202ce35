import { component } from '../../../services/statuspage/objects/component';
import type { SubCollection } from '../subCollection';
import { COMPONENT_FIELDS } from '../component/componentFields';
import { viewerId } from '../itemViewer';
import { viewer } from '../../../services/statuspage/objects/viewer';

/** The components that a viewer may see besides those of the groups. */
export const componentsOfViewer: SubCollection<{ pageId: string; viewerId: string }, 'listComponents'> = {
	kind: component,
	ownerKind: viewer,
	mainFields: COMPONENT_FIELDS,
	ownerOf: async (input, pageId) => ({ pageId, viewerId: await viewerId(input, pageId) }),
	list: (api, owner, limit) => api.list('listViewerComponents', owner, { limit }),
	add: (api, owner, component_ids) => api.call('addViewerComponents', owner, { body: { component_ids } }),
	replace: (api, owner, component_ids) => api.call('replaceViewerComponents', owner, { body: { component_ids } }),
	remove: (api, owner, componentId) => api.remove('removeViewerComponent', { ...owner, componentId }),
	ownerId: (owner) => owner.viewerId,
	addTo: (api, pageId, componentId, page_access_user_ids) =>
		api.call('addComponentViewers', { pageId, componentId }, { body: { page_access_user_ids } }),
	uses: {
		list: 'listViewerComponents',
		add: 'addViewerComponents',
		replace: 'replaceViewerComponents',
		remove: 'removeViewerComponent',
		addTo: 'addComponentViewers',
	},
};
