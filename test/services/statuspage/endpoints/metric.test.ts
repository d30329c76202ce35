import { metricEndpoints } from '../../../../nodes/services/statuspage/endpoints/metric';
import { searchList } from '../../../support/engine';
import { locator } from '../../../support/world';
import { FIRST_PAGE, describeContracts, onPage } from './contract';

describeContracts(metricEndpoints, {
	listMetrics: {
		act: async (world) =>
			await searchList(world.credential, 'searchMetrics', { parameters: { pageId: locator('id', world.pageId) } }),
		method: 'GET',
		path: onPage('metrics'),
		query: FIRST_PAGE,
	},
});
