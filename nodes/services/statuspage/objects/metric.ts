import { ObjectKind } from './objectKind';

export const metric = new ObjectKind({
	noun: 'metric',
	parameter: 'metricId',
	label: 'Metric',
	description: 'The metric',
	modes: ['id', 'name'],
	list: 'listMetrics',
	placedIn: 'page',
	nameOf: ({ name }) => name,
	searchMethod: 'searchMetrics',
	loadMethod: 'getMetrics',
});
