import { metricProvider } from '../../../services/statuspage/objects/metricProvider';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { withoutSecrets } from './metricProviderFields';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get metric provider',
	description: 'Retrieve a metric provider by ID or type, without its keys',
	isReadOnly: true,
	uses: ['getMetricProvider'],
	fields: [page.locator, metricProvider.locator, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const metricProviderId = await input.idOf(metricProvider, { pageId });
		return withoutSecrets(await input.api.call('getMetricProvider', { pageId, metricProviderId }));
	},
};
