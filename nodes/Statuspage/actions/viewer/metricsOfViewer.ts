import { metric } from '../../../services/statuspage/objects/metric';
import type { SubCollection } from '../subCollection';
import { viewerId } from '../itemViewer';

const METRIC_FIELDS = [
	'id',
	'name',
	'display',
	'suffix',
	'metrics_provider_id',
	'metric_identifier',
	'updated_at',
] as const;

/** The metrics that a viewer may see besides those of the groups. */
export const metricsOfViewer: SubCollection<{ pageId: string; viewerId: string }, 'listMetrics'> = {
	kind: metric,
	idsName: 'metricIds',
	mainFields: METRIC_FIELDS,
	ownerOf: async (input, pageId) => ({ pageId, viewerId: await viewerId(input, pageId) }),
	nameOf: (owner) => `the metrics of viewer ${owner.viewerId}`,
	list: async (api, owner, limit) => await api.list('listViewerMetrics', owner, { limit }),
	add: async (api, owner, metric_ids) => await api.call('addViewerMetrics', owner, { body: { metric_ids } }),
	replace: async (api, owner, metric_ids) => await api.call('replaceViewerMetrics', owner, { body: { metric_ids } }),
	remove: async (api, owner, metricId) => await api.remove('removeViewerMetric', { ...owner, metricId }),
	ownerId: (owner) => owner.viewerId,
	idsIn: () => undefined,
};
