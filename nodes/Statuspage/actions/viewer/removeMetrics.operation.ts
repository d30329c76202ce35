import { removeFromCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { metric } from '../../../services/statuspage/objects/metric';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { metricsOfViewer } from './metricsOfViewer';

export const removeMetrics: StatuspageOperation = {
	value: 'removeMetrics',
	name: 'Remove Metrics',
	action: 'Remove metrics from viewer, takes access away',
	description:
		'Take metrics away from a viewer, one request for each; those of the groups stay. Can be undone with Add Metrics. Nobody is notified.',
	isReadOnly: false,
	uses: ['removeViewerMetric', 'listViewerMetrics'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		metric.picks('metricIds', { required: true }),
		viewerOptionsField(),
	],
	runs: 'perItem',
	execute: async (input) => await removeFromCollection(input, metricsOfViewer),
};
