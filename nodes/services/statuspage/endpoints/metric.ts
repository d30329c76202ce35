import { filledText, many, object, text } from '../../../shared/client/answer';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

export const metric = object({ id: filledText, name: text });

export type Metric = ReturnType<typeof metric>;

export const metricEndpoints = {
	listMetrics: {
		method: 'GET',
		path: `${PAGE}/metrics`,
		paging: PER_PAGE,
		answer: many(metric, 'metric'),
		noun: 'metrics of page',
		advice: PAGE_ADVICE,
	},
} as const satisfies Record<string, StatuspageEndpoint>;
