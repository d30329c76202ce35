import { addToCollection } from '../subCollection';
import { page } from '../../../services/statuspage/objects/page';
import { metric } from '../../../services/statuspage/objects/metric';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { metricsOfViewer } from './metricsOfViewer';

export const addMetrics: StatuspageOperation = {
	value: 'addMetrics',
	name: 'Add Metrics',
	action: 'Add metrics to viewer',
	description:
		'Let a viewer see metrics besides those of the groups; the other metrics stay. Can be undone with Remove Metrics. Nobody is notified.',
	isReadOnly: false,
	uses: ['addViewerMetrics'],
	fields: [
		audienceNotice,
		page.locator,
		viewer.locator,
		metric.picks('metricIds', { required: true }),
		viewerOptionsField(),
	],
	...batched(addToCollection(metricsOfViewer)),
};
