import { metricEndpoints } from '../../../../nodes/services/statuspage/endpoints/metric';
import { run } from '../../../support/world';
import { FIRST_PAGE, describeContracts, metric, metricProvider, ofMetric, ofProvider, onPage } from './contract';

/** An hour ago, as a multiple of 30 seconds. */
const AT = Math.floor(Date.now() / 60_000) * 60 - 3600;

describeContracts(metricEndpoints, {
	listMetrics: {
		act: async (world) => await run(world, 'metric getMany', { returnAll: true }),
		method: 'GET',
		path: onPage('metrics'),
		query: FIRST_PAGE,
	},
	listMetricsOfProvider: {
		act: async (world) =>
			await run(world, 'metric getMany', {
				returnAll: true,
				filters: { metricProviderId: world.metricProviderIds[0] },
			}),
		method: 'GET',
		path: ofProvider('/metrics'),
		query: FIRST_PAGE,
	},
	createMetric: {
		act: async (world) =>
			await run(world, 'metric create', {
				metricProviderId: metricProvider(world),
				name: 'Load',
				metricIdentifier: 'avg:system.load.1{*}',
				additionalFields: {
					applicationId: 17,
					decimalPlaces: 0,
					display: false,
					suffix: '%',
					tooltipDescription: 'Load of all servers',
					transform: 'average',
					yAxisHidden: false,
					yAxisMax: 100,
					yAxisMin: 0,
				},
			}),
		method: 'POST',
		path: ofProvider('/metrics'),
		body: () => ({
			metric: {
				name: 'Load',
				metric_identifier: 'avg:system.load.1{*}',
				application_id: '17',
				decimal_places: 0,
				display: false,
				suffix: '%',
				tooltip_description: 'Load of all servers',
				transform: 'average',
				y_axis_hidden: false,
				y_axis_max: 100,
				y_axis_min: 0,
			},
		}),
	},
	getMetric: {
		act: async (world) => await run(world, 'metric get', { metricId: metric(world) }),
		method: 'GET',
		path: ofMetric(),
	},
	updateMetric: {
		act: async (world) =>
			await run(world, 'metric update', {
				metricId: metric(world),
				updateFields: { name: 'Renamed', metricIdentifier: 'new' },
			}),
		method: 'PATCH',
		path: ofMetric(),
		body: () => ({ metric: { name: 'Renamed', metric_identifier: 'new' } }),
	},
	deleteMetric: {
		act: async (world) => await run(world, 'metric delete', { metricId: metric(world) }),
		method: 'DELETE',
		path: ofMetric(),
	},
	addMetricData: {
		act: async (world) => await run(world, 'metric addData', { metricId: metric(world), value: 0, timestamp: AT }),
		method: 'POST',
		path: ofMetric('/data'),
		body: () => ({ data: { timestamp: AT, value: 0 } }),
	},
	addDataOfMetrics: {
		act: async (world) =>
			await run(
				world,
				'metric addData',
				{ metricId: '={{ $json.metricId }}', value: '={{ $json.value }}', timestamp: '={{ $json.at }}' },
				{
					items: [
						{ metricId: world.metricIds[0], value: 1, at: AT },
						{ metricId: world.metricIds[1], value: 2, at: AT * 1000 },
						{ metricId: world.metricIds[0], value: '3.5', at: new Date((AT + 30) * 1000).toISOString() },
					],
				},
			),
		method: 'POST',
		path: onPage('metrics/data'),
		body: ({ metricIds }) => ({
			data: {
				[metricIds[0]]: [
					{ timestamp: AT, value: 1 },
					{ timestamp: AT + 30, value: 3.5 },
				],
				[metricIds[1]]: [{ timestamp: AT, value: 2 }],
			},
		}),
	},
	resetMetricData: {
		act: async (world) => await run(world, 'metric resetData', { metricId: metric(world) }),
		method: 'DELETE',
		path: ofMetric('/data'),
	},
});
