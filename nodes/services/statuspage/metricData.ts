import { isRejected } from '../../shared/client/changes';
import { concernsAll } from '../../shared/client/concernsAll';
import { writeInHalves } from '../../shared/client/writeInHalves';
import { Breather } from '../../shared/http/breather';
import { asError, Cancelled, Failure, hasStatus } from '../../shared/http/failures';
import type { DataPoint } from './endpoints';
import { matchDataPoints } from './matchDataPoints';
import type { StatuspageApi } from './statuspageApi';

/** A data point of one item. */
export interface MetricDataPoint extends DataPoint {
	metricId: string;
}

/** A data point as it was stored, or the reason why it was not. */
export type DataResult = PromiseSettledResult<DataPoint>;

/**
 * The most data points of one request. No limit is documented. 100 is the limit of Statuspage's other requests with lists, makes a body of
 * about 5 kB, and needs 10 requests for 1,000 data points. A lost answer concerns no more than 100 items.
 */
const POINTS_PER_REQUEST = 100;

/** A data point, and its number among all. */
interface Numbered {
	number: number;
	point: MetricDataPoint;
}

function byMetric(points: readonly Numbered[]): Map<string, Numbered[]> {
	const metrics = new Map<string, Numbered[]>();
	for (const entry of points) {
		const known = metrics.get(entry.point.metricId);
		if (known) known.push(entry);
		else metrics.set(entry.point.metricId, [entry]);
	}
	return metrics;
}

function leftOut(metricId: string): Failure {
	return new Failure({
		kind: 'answer',
		message: `Statuspage accepted the request, but did not confirm this data point of metric ${metricId}`,
		advice: 'Check the time of the data point, and the chart of the metric. The data point can be sent again',
	});
}

/** Sends data points in their order, because the last one of the same 30 seconds replaces earlier ones. */
class MetricData {
	readonly results: DataResult[] = [];
	/** Metrics that do not exist or take no data. Their data points are not sent again. */
	readonly #badMetrics = new Map<string, Error>();

	constructor(
		private readonly api: StatuspageApi,
		private readonly pageId: string,
	) {}

	async run(points: readonly MetricDataPoint[]): Promise<void> {
		const breather = new Breather(this.api.connection.clock);
		let chunk: Numbered[] = [];
		for (const [number, point] of points.entries()) {
			await breather.breathe();
			const error = this.#badMetrics.get(point.metricId);
			if (error) this.results[number] = { status: 'rejected', reason: error };
			else chunk.push({ number, point });
			const isLast = number === points.length - 1;
			if (chunk.length < POINTS_PER_REQUEST && !(isLast && chunk.length > 0)) continue;
			try {
				await this.#addChunk(chunk);
			} catch (reason) {
				this.#fail(chunk, asError(reason));
				if (concernsAll(reason)) {
					// Nothing was sent of the rest.
					const rest = points.slice(number + 1).map((other, index) => ({ number: number + 1 + index, point: other }));
					return this.#fail(rest, reason instanceof Cancelled ? new Cancelled() : asError(reason));
				}
			}
			chunk = [];
		}
	}

	/** A rejected request is narrowed down to its bad metrics, and then to the bad data points of a metric. */
	async #addChunk(chunk: Numbered[]): Promise<void> {
		const metrics = byMetric(chunk);
		const pointsOf = (ids: string[]) => ids.flatMap((id) => metrics.get(id) ?? []);
		const rejections = await this.#narrow([...metrics.keys()], pointsOf);
		for (const [metricId, error] of rejections) {
			const points = metrics.get(metricId) ?? [];
			const isBadMetric = hasStatus(error, 404, 405);
			if (isBadMetric) this.#badMetrics.set(metricId, error);
			if (isBadMetric || points.length === 1) this.#fail(points, error);
			else await this.#addEach(points);
		}
	}

	async #addEach(points: Numbered[]): Promise<void> {
		const byKey = new Map(points.map((entry) => [`data point ${entry.number} of this run`, entry]));
		const pointsOf = (keys: string[]) => keys.flatMap((key) => byKey.get(key) ?? []);
		for (const [key, error] of await this.#narrow([...byKey.keys()], pointsOf)) this.#fail(pointsOf([key]), error);
	}

	/** Sends the data points of all keys. Returns the keys that were rejected, with their errors. */
	async #narrow(keys: string[], pointsOf: (keys: string[]) => Numbered[]): Promise<Map<string, Error>> {
		const rejections = new Map<string, Error>();
		let last: Failure | undefined;
		const { failed } = await writeInHalves(keys, async (part) => {
			try {
				await this.#send(pointsOf(part));
			} catch (error) {
				if (isRejected(error)) last = error;
				if (isRejected(error) && part.length === 1) rejections.set(part[0], error);
				throw asError(error);
			}
			return [];
		});
		// If several keys in a row are rejected for the same reason, the others are not tried.
		for (const { id, reason } of failed)
			if (last && !rejections.has(id)) rejections.set(id, new Failure({ ...last.facts, message: reason }));
		return rejections;
	}

	async #send(points: Numbered[]): Promise<void> {
		const { api, pageId } = this;
		const metrics = byMetric(points);
		const [[metricId]] = metrics;
		if (points.length === 1) {
			// This request has more documented errors than the one for several.
			const body = dataOf(points)[0];
			const answer = await api.call('addMetricData', { pageId, metricId }, { body });
			return this.#settle(points, [answer]);
		}
		const body = Object.fromEntries([...metrics].map(([id, own]) => [id, dataOf(own)]));
		const subject = metrics.size === 1 ? { subject: `data of metric ${metricId}` } : {};
		const answer = await api.call('addDataOfMetrics', { pageId }, { body, ...subject });
		for (const [id, own] of metrics) this.#settle(own, answer.get(id) ?? []);
	}

	#settle(points: Numbered[], answered: DataPoint[]): void {
		const stored = matchDataPoints(dataOf(points), answered);
		points.forEach(({ number, point }, index) => {
			const value = stored[index];
			this.results[number] = value
				? { status: 'fulfilled', value }
				: { status: 'rejected', reason: leftOut(point.metricId) };
		});
	}

	#fail(points: Numbered[], reason: Error): void {
		for (const { number } of points) this.results[number] ??= { status: 'rejected', reason };
	}
}

function dataOf(points: readonly Numbered[]): DataPoint[] {
	return points.map(({ point: { timestamp, value } }) => ({ timestamp, value }));
}

/**
 * Adds data points to metrics of a page, with up to 100 per request, one request after the other.
 *
 * @returns the result of each data point, in their order. An error of one metric or data point does not fail the others.
 */
export async function addMetricData(
	api: StatuspageApi,
	pageId: string,
	points: readonly MetricDataPoint[],
): Promise<DataResult[]> {
	const data = new MetricData(api, pageId);
	await data.run(points);
	return data.results;
}
