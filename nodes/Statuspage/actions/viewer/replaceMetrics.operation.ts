import { replaceCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { metric } from '../../../services/statuspage/objects/metric';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { metricsOfViewer } from './metricsOfViewer';

export const replaceMetrics: StatuspageOperation = {
	value: 'replaceMetrics',
	name: 'Replace Metrics',
	action: 'Replace metrics of viewer, takes all others away',
	description:
		'Set the metrics of a viewer: all others of the viewer are taken away, those of the groups stay. Cannot be undone without the earlier list. Nobody is notified.',
	isReadOnly: false,
	uses: ['replaceViewerMetrics'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		metric.picks('metricIds', { required: true }),
		viewerOptionsField(),
	],
	runs: 'perItem',
	execute: async (input) => await replaceCollection(input, metricsOfViewer),
};
