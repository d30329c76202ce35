import type { DataPoint } from './endpoints';

/** Statuspage stores a data point at the nearest multiple of this. */
const INTERVAL_SECONDS = 30;

function isStoredAs(sent: DataPoint, answered: DataPoint): boolean {
	return Math.abs(sent.timestamp - answered.timestamp) < INTERVAL_SECONDS;
}

/**
 * Finds the data points of one metric in the answer to their request. The answer has the time at which each was stored. It can have fewer
 * data points, e.g. if several were stored at the same time.
 *
 * @returns the answered data point of each one that was sent, or undefined if the answer has none for it
 */
export function matchDataPoints(
	sent: readonly DataPoint[],
	answered: readonly DataPoint[],
): Array<DataPoint | undefined> {
	const isInOrder = sent.length === answered.length && sent.every((point, index) => isStoredAs(point, answered[index]));
	if (isInOrder) return [...answered];
	return sent.map((point) => {
		const near = answered.filter((other) => isStoredAs(point, other));
		const distance = (other: DataPoint) => Math.abs(other.timestamp - point.timestamp);
		return near.length === 0
			? undefined
			: near.reduce((best, other) => (distance(other) < distance(best) ? other : best));
	});
}
