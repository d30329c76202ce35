import { metric } from '../../../services/statuspage/objects/metric';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { METRIC_FIELDS } from './metricFields';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get metric',
	description: 'Retrieve a metric by ID or name',
	effects: "Statuspage doesn't return the transform or the data of a metric.",
	isReadOnly: true,
	uses: ['getMetric'],
	fields: [page.locator, metric.locator, simplifyField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const row = await input.api.call('getMetric', { pageId, metricId: await input.idOf(metric, { pageId }) });
		return simplified(input.values, row, METRIC_FIELDS);
	},
};
