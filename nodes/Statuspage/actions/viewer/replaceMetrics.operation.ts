import { replaceCollection } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { metricsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { metricsOfViewer } from './metrics';

export const replaceMetrics: Operation = {
	value: 'replaceMetrics',
	name: 'Replace Metrics',
	action: 'Replace metrics of viewer, takes all others away',
	description: 'Set the metrics of a viewer: all others of the viewer are taken away, those of the groups stay. Cannot be undone without the earlier list. Nobody is notified.',
	uses: ['replaceViewerMetrics', 'listViewers'],
	fields: [audienceNotice, pageField, viewerField, { ...metricsField, required: true }, viewerOptionsField()],
	execute: async (input) => await replaceCollection(input, metricsOfViewer),
};
