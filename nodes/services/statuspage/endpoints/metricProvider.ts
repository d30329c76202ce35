import { filledText, many, object, one, optional, removal, text } from '../../../shared/client/answer';
import { PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const PROVIDERS = `${PAGE}/metrics_providers` as const;
const PROVIDER = `${PROVIDERS}/{metricProviderId}` as const;

const metricProvider = object({ id: filledText, type: text, metric_base_uri: optional(text) });

/** The API's metrics provider. Answers don't contain its keys. */
export type MetricProvider = ReturnType<typeof metricProvider>;

const theProvider = one(metricProvider, 'metric provider', 'metricProviderId');

export const metricProviderEndpoints = {
	// Has no paging parameters.
	listMetricProviders: {
		method: 'GET',
		path: PROVIDERS,
		answer: many(metricProvider, 'metric provider'),
		noun: 'metric providers of page',
		advice: PAGE_ADVICE,
	},
	createMetricProvider: {
		method: 'POST',
		path: PROVIDERS,
		envelope: 'metrics_provider',
		answer: one(metricProvider, 'metric provider'),
		noun: 'metric provider on page',
		advice: PAGE_ADVICE,
		isRepeatable: false,
	},
	getMetricProvider: { method: 'GET', path: PROVIDER, answer: theProvider, noun: 'metric provider' },
	updateMetricProvider: {
		method: 'PATCH',
		path: PROVIDER,
		envelope: 'metrics_provider',
		answer: theProvider,
		noun: 'metric provider',
	},
	deleteMetricProvider: {
		method: 'DELETE',
		path: PROVIDER,
		answer: removal(theProvider),
		settledBy: { get: 'getMetricProvider' },
		noun: 'metric provider',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
