import { adding } from '../collection';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { metricsField } from '../fields/pickList';
import { audienceNotice, viewerField } from '../fields/viewer';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { metricsOfViewer } from './metrics';

export const addMetrics: Operation = {
	value: 'addMetrics',
	name: 'Add Metrics',
	action: 'Add metrics to viewer',
	description: 'Let a viewer see metrics besides those of the groups; the other metrics stay. Can be undone with Remove Metrics. Nobody is notified.',
	uses: ['addViewerMetrics', 'listViewers'],
	fields: [audienceNotice, pageField, viewerField, { ...metricsField, required: true }, viewerOptionsField()],
	...doneTogether(adding(metricsOfViewer)),
};
