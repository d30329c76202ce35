import { metric } from '../../../services/statuspage/objects/metric';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { onlyFields } from '../../../shared/fields/simplify';
import { dryRun } from '../../../shared/operations/dryRun';
import type { StatuspageOperation } from '../statuspageOperation';
import { METRIC_FIELDS } from './metricFields';

export const resetData: StatuspageOperation = {
	value: 'resetData',
	name: 'Reset Data',
	action: 'Reset data of metric',
	description: 'Delete all data points of a metric and keep the metric',
	effects:
		"This can't be undone. The chart of the metric is empty afterwards. Data of the last 28 days can be added again with 'Add Data' if you have it. No notification is sent.",
	warning: 'Deletes all data points of the metric permanently.',
	isReadOnly: false,
	uses: ['resetMetricData', 'getMetric'],
	fields: [page.locator, metric.locator, optionsField(dryRunOption)],
	runs: 'perItem',
	async execute(input) {
		const { api } = input;
		const pageId = await input.pageId();
		const metricId = await input.idOf(metric, { pageId });
		const ids = { pageId, metricId };
		if (input.isDryRun) {
			const before = onlyFields(await api.call('getMetric', ids), METRIC_FIELDS);
			return dryRun(input, {
				would: 'delete all data of metric',
				before,
				after: { ...before, most_recent_data_at: null },
			});
		}
		// An empty answer has no metric. After a 404 that follows a lost answer, this read has the error.
		const row = (await api.call('resetMetricData', ids)) ?? (await api.call('getMetric', ids));
		return { reset: true, ...onlyFields(row, METRIC_FIELDS) };
	},
};
