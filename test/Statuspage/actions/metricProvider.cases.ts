import { locator } from '../../support/world';
import { has, metricProvider, missing, pageOf, unclear, type ResourceCases } from './case';

export const metricProviderCases: ResourceCases = {
	cases: {
		'metricProvider create': {
			parameters: () => ({
				type: 'Datadog',
				apiKey: 'datadog-key',
				applicationKey: 'datadog-application',
				metricBaseUri: 'https://app.datadoghq.com/api/v1',
			}),
			output: has({ type: 'Datadog', metric_base_uri: 'https://app.datadoghq.com/api/v1', disabled: false }),
			after: (state) =>
				expect(Object.values(pageOf(state).metricProviders).filter(({ type }) => type === 'Datadog')).toHaveLength(1),
		},
		'metricProvider delete': {
			parameters: metricProvider,
			output: (rows, { metricProviderIds, metricIds }) =>
				has({
					deleted: true,
					id: metricProviderIds[0],
					before: { type: 'Self', metrics: metricIds.slice(0, -1).map((id) => ({ id })) },
					deletedMetricIds: metricIds.slice(0, -1),
					keptMetricIds: [],
				})(rows),
			after: (state, { metricProviderIds }) =>
				expect(pageOf(state).metricProviders).not.toHaveProperty(metricProviderIds[0]),
		},
		'metricProvider get': {
			parameters: ({ metricProviderIds }) => ({ metricProviderId: locator('list', metricProviderIds[1]) }),
			output: (rows, { metricProviderIds }) => has({ id: metricProviderIds[1], type: 'Pingdom' })(rows),
		},
		'metricProvider getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows, { metricProviderIds }) => expect(rows.map(({ id }) => id)).toEqual(metricProviderIds),
		},
		'metricProvider update': {
			parameters: (world) => ({
				...metricProvider(world),
				updateFields: { metricBaseUri: 'https://app.datadoghq.eu/api/v1', type: 'Datadog' },
			}),
			output: has({ type: 'Datadog', metric_base_uri: 'https://app.datadoghq.eu/api/v1' }),
			after: (state, { metricProviderIds }) =>
				expect(pageOf(state).metricProviders[metricProviderIds[0]].type).toBe('Datadog'),
		},
	},
	variants: {
		'metricProvider create': [() => ({ faults: [{ kind: 'resetAfter', match: { method: 'POST' } }] })],
		'metricProvider delete': [() => unclear, () => missing('metricProviderId')],
	},
};
