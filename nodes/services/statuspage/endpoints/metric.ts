import { filledText, many, object, text } from '../../../shared/client/answer';
import { PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

export const metric = object({ id: filledText, name: text });

export type Metric = ReturnType<typeof metric>;

export const metricEndpoints = {
	listMetrics: {
		method: 'GET',
		path: `${PAGE}/metrics`,
		paging: 'perPage',
		answer: many(metric, 'metric'),
		noun: 'metrics of page',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
