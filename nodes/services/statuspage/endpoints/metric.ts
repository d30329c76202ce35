import {
	filledText,
	isEmptyBody,
	isObject,
	many,
	object,
	one,
	optional,
	removal,
	text,
	type Answer,
	type Check,
} from '../../../shared/client/answer';
import { NotUnderstood } from '../../../shared/http/outcome';
import { PAGE, PER_PAGE, PAGE_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const METRICS = `${PAGE}/metrics` as const;
const METRIC = `${METRICS}/{metricId}` as const;
const METRICS_OF_PROVIDER = `${PAGE}/metrics_providers/{metricProviderId}/metrics` as const;

export const metric = object({ id: filledText, name: text, metrics_provider_id: optional(text) });

export type Metric = ReturnType<typeof metric>;

const theMetric = one(metric, 'metric', 'metricId');

/** The document declares a single metric for both lists. */
const metricList: Answer<Metric[]> = (body, ids, query) =>
	many(metric, 'metric')(isObject(body) && 'id' in body ? [body] : body, ids, query);

/** A finite number, also as text. */
const numeric: Check<number> = (value, what) => {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) throw new NotUnderstood(`${what} is not a number`);
	return number;
};

/** A data point. The timestamp is in Unix seconds. In answers, it is the nearest multiple of 30. */
export interface DataPoint {
	timestamp: number;
	value: number;
}

const dataPoint: Check<DataPoint> = (value, what) => {
	const { timestamp, value: number } = object({ timestamp: numeric, value: numeric })(value, what);
	return { timestamp, value: number };
};

/** Data points by ID of metric. A metric can be missing. */
const dataPoints: Answer<Map<string, DataPoint[]>> = (body) => {
	const lists = isObject(body) && isObject(body.data) ? body.data : body;
	if (!isObject(lists)) throw new NotUnderstood('the list of data points has an unknown shape');
	return new Map(
		Object.entries(lists)
			.filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
			.map(([id, points]) => [
				id,
				points.map((entry, index) => dataPoint(entry, `data point ${index + 1} of metric ${id}`)),
			]),
	);
};

const DATA_ADVICE = {
	405: "Only metrics of a metric provider with the type Self accept data. Create one with 'Metric Provider: Create', and the metric with 'Metric: Create'",
};

export const metricEndpoints = {
	listMetrics: {
		method: 'GET',
		path: METRICS,
		paging: PER_PAGE,
		answer: metricList,
		noun: 'metrics of page',
		advice: PAGE_ADVICE,
	},
	listMetricsOfProvider: {
		method: 'GET',
		path: METRICS_OF_PROVIDER,
		paging: PER_PAGE,
		answer: metricList,
		noun: 'metrics of metric provider',
	},
	createMetric: {
		method: 'POST',
		path: METRICS_OF_PROVIDER,
		envelope: 'metric',
		answer: one(metric, 'metric'),
		noun: 'metric of metric provider',
		isRepeatable: false,
	},
	getMetric: { method: 'GET', path: METRIC, answer: theMetric, noun: 'metric' },
	updateMetric: { method: 'PATCH', path: METRIC, envelope: 'metric', answer: theMetric, noun: 'metric' },
	deleteMetric: {
		method: 'DELETE',
		path: METRIC,
		answer: removal(theMetric),
		settledBy: { get: 'getMetric' },
		noun: 'metric',
	},
	// A point replaces an earlier one of the same 30 seconds, so sending the same points again changes nothing.
	addMetricData: {
		method: 'POST',
		path: `${METRIC}/data`,
		envelope: 'data',
		answer: (body) => dataPoint(isObject(body) && isObject(body.data) ? body.data : body, 'the data point'),
		noun: 'data of metric',
		advice: DATA_ADVICE,
	},
	addDataOfMetrics: {
		method: 'POST',
		path: `${METRICS}/data`,
		envelope: 'data',
		answer: dataPoints,
		noun: 'data of metrics of page',
		advice: DATA_ADVICE,
	},
	// The metric as documented, or nothing.
	resetMetricData: {
		method: 'DELETE',
		path: `${METRIC}/data`,
		answer: (body, ids) => (isEmptyBody(body) ? undefined : theMetric(body, ids)),
		noun: 'data of metric',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
