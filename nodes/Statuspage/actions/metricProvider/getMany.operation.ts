import type { MetricProvider } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { providerType, withoutSecrets } from './metricProviderFields';

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many metric providers',
	description: 'Retrieve a list of metric providers of a page, without their keys',
	isReadOnly: true,
	uses: ['listMetricProviders'],
	fields: [
		page.locator,
		...listFields,
		filtersField([{ ...providerType, description: 'Only return metric providers of this type' }]),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const type = input.values.collection('filters').optionalText('type');
		const keep = type === undefined ? undefined : (row: MetricProvider) => row.type === type;
		const rows = await input.api.list('listMetricProviders', { pageId }, { limit: input.limit, keep });
		return rows.map(withoutSecrets);
	},
};
