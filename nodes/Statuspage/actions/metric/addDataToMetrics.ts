import type { IDataObject } from 'n8n-workflow';
import { addMetricData, type DataResult, type MetricDataPoint } from '../../../services/statuspage/metricData';
import { metric } from '../../../services/statuspage/objects/metric';
import { settle, type BatchedOperation } from '../../../shared/operations/batched';
import { Breather } from '../../../shared/http/breather';
import { asError } from '../../../shared/http/failures';
import type { StatuspageInput } from '../statuspageInput';

const DAY_SECONDS = 24 * 60 * 60;
const OLDEST_DAYS = 28;

/** Tolerance for a clock that differs from Statuspage's. */
const CLOCK_TOLERANCE_SECONDS = 60;

const REPLACED =
	'Statuspage keeps one data point per metric and 30 seconds. A later one of this run replaced this one.';

function isoTime(seconds: number): string {
	return new Date(seconds * 1000).toISOString();
}

/** The time of the item's data point, in Unix seconds. */
function timestampOf(input: StatuspageInput): number {
	const now = Math.floor(input.api.connection.clock.calendar() / 1000);
	const timestamp = input.values.number('timestamp') ?? now;
	if (timestamp < now - OLDEST_DAYS * DAY_SECONDS - CLOCK_TOLERANCE_SECONDS)
		throw input.invalid(
			'timestamp',
			`is ${isoTime(timestamp)}, which is more than ${OLDEST_DAYS} days ago`,
			'Statuspage only stores newer data points',
		);
	return timestamp;
}

/** The numbers of results that a later one of the same metric and time replaced. */
function replacedIn(points: readonly MetricDataPoint[], results: readonly DataResult[]): Set<number> {
	const last = new Map<string, number>();
	const replaced = new Set<number>();
	for (const [number, result] of results.entries()) {
		if (result.status === 'rejected') continue;
		const slot = `${points[number].metricId} ${result.value.timestamp}`;
		const earlier = last.get(slot);
		if (earlier !== undefined) replaced.add(earlier);
		last.set(slot, number);
	}
	return replaced;
}

/** Add Data: all items of a page share their requests. */
export const addDataToMetrics: BatchedOperation<StatuspageInput, string, MetricDataPoint> = {
	async parse(input) {
		const value = input.values.number('value');
		if (value === undefined) throw input.invalid('value', 'is empty', 'Enter a number');
		const timestamp = timestampOf(input);
		const pageId = await input.pageId();
		const metricId = await input.idOf(metric, { pageId });
		return { key: pageId, target: pageId, request: { metricId, timestamp, value } };
	},
	async run(input, pageId, points) {
		const { api } = input;
		const breather = new Breather(api.connection.clock);
		const results = await addMetricData(api, pageId, points);
		const replaced = replacedIn(points, results);
		if (replaced.size > 0)
			input.remark(
				`${replaced.size} of ${points.length} data points have a later one of the same metric and 30 seconds. Statuspage only keeps the later one`,
			);
		const outputs: Array<PromiseSettledResult<IDataObject>> = [];
		for (const [number, result] of results.entries()) {
			await breather.breathe();
			outputs.push(settle(() => outputOf(pageId, points[number], result, replaced.has(number))));
		}
		return outputs;
	},
};

/** The output has the time at which Statuspage stored the data point. */
function outputOf(
	pageId: string,
	{ metricId, value }: MetricDataPoint,
	result: DataResult,
	isReplaced: boolean,
): IDataObject {
	if (result.status === 'rejected') throw asError(result.reason);
	const { timestamp } = result.value;
	return {
		pageId,
		metricId,
		timestamp,
		time: isoTime(timestamp),
		value,
		...(isReplaced ? { note: REPLACED } : {}),
	};
}
