import { metric } from '../../../services/statuspage/objects/metric';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { onlyFields } from '../../../shared/fields/simplify';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';
import { METRIC_FIELDS } from './metricFields';

export const deleteMetric: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete metric',
	description: 'Delete a metric and all its data permanently',
	effects:
		"This can't be undone. The metric disappears from the page, and viewers and viewer groups lose it. No notification is sent.",
	warning: 'Deletes the metric and all its data permanently.',
	isReadOnly: false,
	uses: ['deleteMetric', 'getPage'],
	fields: [page.locator, metric.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		return await deleted(input, {
			noun: 'metric',
			find: async () => await input.idOf(metric, { pageId }),
			read: async (metricId) => await input.api.call('getMetric', { pageId, metricId }),
			remove: async (metricId) => await input.api.remove('deleteMetric', { pageId, metricId }),
			shown: (row) => onlyFields(row, METRIC_FIELDS),
			place: { pageId },
		});
	},
};
