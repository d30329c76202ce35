import { metricProviderEndpoints } from '../../../../nodes/services/statuspage/endpoints/metricProvider';
import { run } from '../../../support/world';
import { describeContracts, metricProvider, ofProvider, onPage } from './contract';

describeContracts(metricProviderEndpoints, {
	listMetricProviders: {
		act: async (world) => await run(world, 'metricProvider getMany', { returnAll: true }),
		method: 'GET',
		path: onPage('metrics_providers'),
	},
	createMetricProvider: {
		act: async (world) =>
			await run(world, 'metricProvider create', {
				type: 'Pingdom',
				email: 'name@example.com',
				password: 'pingdom-password',
				apiToken: 'pingdom-token',
				applicationKey: 'pingdom-application',
			}),
		method: 'POST',
		path: onPage('metrics_providers'),
		body: () => ({
			metrics_provider: {
				type: 'Pingdom',
				email: 'name@example.com',
				password: 'pingdom-password',
				api_token: 'pingdom-token',
				application_key: 'pingdom-application',
			},
		}),
	},
	getMetricProvider: {
		act: async (world) => await run(world, 'metricProvider get', { metricProviderId: metricProvider(world) }),
		method: 'GET',
		path: ofProvider(),
	},
	updateMetricProvider: {
		act: async (world) =>
			await run(world, 'metricProvider update', {
				metricProviderId: metricProvider(world),
				updateFields: { type: 'New Relic', metricBaseUri: 'https://api.newrelic.com/v2' },
			}),
		method: 'PATCH',
		path: ofProvider(),
		body: () => ({ metrics_provider: { type: 'NewRelic', metric_base_uri: 'https://api.newrelic.com/v2' } }),
	},
	deleteMetricProvider: {
		act: async (world) => await run(world, 'metricProvider delete', { metricProviderId: metricProvider(world) }),
		method: 'DELETE',
		path: ofProvider(),
	},
});
