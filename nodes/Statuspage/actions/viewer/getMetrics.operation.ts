import { collectionListFields, listCollection } from '../collection';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField } from '../fields/page';
import { viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { metricsOfViewer } from './metrics';

export const getMetrics: Operation = {
	value: 'getMetrics',
	name: 'Get Metrics',
	action: 'Get metrics of viewer',
	description: 'List the metrics that a viewer may see. Statuspage does not say whether those of the groups are among them.',
	uses: ['listViewerMetrics', 'listViewers'],
	fields: [pageField, viewerField, ...collectionListFields, optionsField()],
	execute: async (input) => await listCollection(input, metricsOfViewer),
};
