import { ObjectKind } from './objectKind';

export const metricProvider = new ObjectKind({
	noun: 'metric provider',
	parameter: 'metricProviderId',
	label: 'Metric Provider',
	description: 'The metric provider, by ID or type. Metric providers have no name.',
	modes: ['id', 'name'],
	list: 'listMetricProviders',
	placedIn: 'page',
	// People know it by its type. Several of a type are told apart by address or ID.
	nameOf: ({ type }) => type,
	detailOf: ({ metric_base_uri }) => metric_base_uri,
	searchMethod: 'searchMetricProviders',
	loadMethod: 'getMetricProviders',
});
