import { metricProvider } from '../../../services/statuspage/objects/metricProvider';
import { page } from '../../../services/statuspage/objects/page';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { matchesNameFilter, nameFilter } from '../../../shared/fields/nameFilter';
import { optionsField } from '../../../shared/fields/options';
import { simplified, simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { METRIC_FIELDS } from './metricFields';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many metrics',
	description: 'Retrieve a list of metrics of a page or of one metric provider, at 100 per request',
	isReadOnly: true,
	uses: ['listMetrics', 'listMetricsOfProvider'],
	fields: [
		page.locator,
		...listFields,
		simplifyField,
		filtersField([
			metricProvider.pick('metricProviderId', { description: 'Only return metrics of this metric provider' }),
			nameFilter('metrics', 'Response'),
		]),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const { api, limit } = input;
		const pageId = await input.pageId();
		const values = input.values.collection('filters');
		const keep = matchesNameFilter(values);
		const [metricProviderId] = values.has('metricProviderId')
			? await input.idsOf(metricProvider, { pageId }, 'metricProviderId', { values })
			: [];
		const rows =
			metricProviderId === undefined
				? await api.list('listMetrics', { pageId }, { limit, keep })
				: await api.list('listMetricsOfProvider', { pageId, metricProviderId }, { limit, keep });
		return rows.map((row) => simplified(input.values, row, METRIC_FIELDS));
	},
};
