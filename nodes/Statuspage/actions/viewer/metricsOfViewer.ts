import { metric } from '../../../services/statuspage/objects/metric';
import type { SubCollection } from '../subCollection';
import { viewerId } from '../itemViewer';
import { METRIC_FIELDS } from '../metric/metricFields';
import { viewer } from '../../../services/statuspage/objects/viewer';

/** The metrics that a viewer may see besides those of the groups. */
export const metricsOfViewer: SubCollection<{ pageId: string; viewerId: string }, 'listMetrics'> = {
	kind: metric,
	ownerKind: viewer,
	mainFields: METRIC_FIELDS,
	ownerOf: async (input, pageId) => ({ pageId, viewerId: await viewerId(input, pageId) }),
	list: (api, owner, limit) => api.list('listViewerMetrics', owner, { limit }),
	add: (api, owner, metric_ids) => api.call('addViewerMetrics', owner, { body: { metric_ids } }),
	replace: (api, owner, metric_ids) => api.call('replaceViewerMetrics', owner, { body: { metric_ids } }),
	remove: (api, owner, metricId) => api.remove('removeViewerMetric', { ...owner, metricId }),
	ownerId: (owner) => owner.viewerId,
	uses: {
		list: 'listViewerMetrics',
		add: 'addViewerMetrics',
		replace: 'replaceViewerMetrics',
		remove: 'removeViewerMetric',
	},
};
