import { removeFromCollection } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { metricsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { metricsOfViewer } from './metrics';

export const removeMetrics: Operation = {
	value: 'removeMetrics',
	name: 'Remove Metrics',
	action: 'Remove metrics from viewer, takes access away',
	description: 'Take metrics away from a viewer, one request for each; those of the groups stay. Can be undone with Add Metrics. Nobody is notified.',
	uses: ['removeViewerMetric', 'listViewerMetrics', 'listViewers'],
	fields: [audienceNotice, pageField, viewerField, { ...metricsField, required: true }, viewerOptionsField()],
	execute: async (input) => await removeFromCollection(input, metricsOfViewer),
};
