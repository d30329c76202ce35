import { matchDataPoints } from '../../../nodes/services/statuspage/matchDataPoints';

const at = (...times: number[]) => times.map((timestamp) => ({ timestamp, value: timestamp }));
const times = (points: ReturnType<typeof matchDataPoints>) => points.map((point) => point?.timestamp);

test.each<[string, number[], number[], Array<number | undefined>]>([
	['the same times', [300, 330], [300, 330], [300, 330]],
	['times rounded up and down', [290, 316, 344], [300, 330, 330], [300, 330, 330]],
	['one answer for two data points of the same 30 seconds', [316, 330, 344], [330], [330, 330, 330]],
	['the nearest of several answers', [316, 390], [300, 330, 390], [330, 390]],
	['a data point without an answer', [300, 900], [300], [300, undefined]],
	['an answer in another order', [300, 900], [900, 300], [300, 900]],
	['no answer', [300], [], [undefined]],
	['an answer about another time', [300], [600], [undefined]],
])('%s', (_, sent, answered, expected) => {
	expect(times(matchDataPoints(at(...sent), at(...answered)))).toEqual(expected);
});
