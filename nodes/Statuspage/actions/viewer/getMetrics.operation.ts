import { collectionListFields, listCollection } from '../subCollection';
import { optionsField } from '../../../shared/fields/options';
import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import type { StatuspageOperation } from '../statuspageOperation';
import { metricsOfViewer } from './metricsOfViewer';

export const getMetrics: StatuspageOperation = {
	value: 'getMetrics',
	name: 'Get Metrics',
	action: 'Get metrics of viewer',
	description:
		'List the metrics that a viewer may see. Statuspage does not say whether those of the groups are among them.',
	isReadOnly: true,
	uses: ['listViewerMetrics'],
	fields: [page.locator, viewer.locator, ...collectionListFields, optionsField()],
	runs: 'perItem',
	execute: async (input) => await listCollection(input, metricsOfViewer),
};
