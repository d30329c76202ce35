import fc from 'fast-check';
import { sendRequest } from '../../../nodes/shared/http/request';
import { ConcurrencyLimit } from '../../../nodes/shared/http/concurrencyLimit';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo, getRequest } from '../../support/fakeService';

const LATENCY_MS = 100;
const AT_ONCE = 20;

interface Service {
	/** Requests that it takes in `windowMs`. */
	limit: number;
	windowMs: number;
	sendsRetryAfter: boolean;
}

/** A service with an unknown limit and window, and a client that only learns from rejections. */
async function work({ limit, windowMs, sendsRetryAfter }: Service, count: number) {
	const clock = new FakeClock();
	let counted: number[] = [];
	let rejections = 0;
	const send = async () => {
		await clock.sleep(LATENCY_MS);
		counted = counted.filter((at) => at > clock.now() - windowMs);
		if (counted.length < limit) {
			counted.push(clock.now());
			return { statusCode: 200, headers: {}, body: {} };
		}
		rejections++;
		return {
			statusCode: 429,
			headers: sendsRetryAfter
				? { 'retry-after': String(Math.ceil((counted[0] + windowMs - clock.now()) / 1000)) }
				: {},
			body: {},
		};
	};
	const connection = connectionTo(clock, send, { limit: Infinity, windowMs: 60_000, waitBudgetMs: 600_000 });
	let left = count;
	const worker = async () => {
		while (left-- > 0) await sendRequest(connection, getRequest);
	};
	await clock.finish(Promise.all(Array.from({ length: AT_ONCE }, worker)));
	const limitMs = Math.max((Math.ceil(count / limit) - 1) * windowMs, (count / AT_ONCE) * LATENCY_MS);
	return { refused: rejections / count, overLimit: clock.now() / limitMs };
}

test('without a rejection nothing waits', async () => {
	const { refused, overLimit } = await work({ limit: 100_000, windowMs: 60_000, sendsRetryAfter: true }, 2000);
	expect([refused, overLimit <= 1.05]).toEqual([0, true]);
});

test.each<[Service, number, { overLimit: number; refused: number }]>([
	[{ limit: 100, windowMs: 60_000, sendsRetryAfter: true }, 1000, { overLimit: 1.2, refused: 0.1 }],
	[{ limit: 100, windowMs: 60_000, sendsRetryAfter: false }, 1000, { overLimit: 1.5, refused: 0.1 }],
	// A window of a second must not be taken for one of a minute.
	[{ limit: 10, windowMs: 1000, sendsRetryAfter: true }, 1000, { overLimit: 3, refused: 0.15 }],
])('%j: %i requests get done at the pace of the rejections', async (service, count, most) => {
	const { overLimit, refused } = await work({ ...service }, count);
	expect(overLimit).toBeLessThan(most.overLimit);
	expect(refused).toBeLessThan(most.refused);
});

test('a burst of rejections of any size halves it once, and answers raise it again', () => {
	fc.assert(
		fc.property(fc.integer({ min: 2, max: 200 }), (onTheWire) => {
			const limit = new ConcurrencyLimit();
			expect(limit.max).toBe(Infinity);
			for (let index = 0; index < onTheWire; index++)
				limit.rejected(1000 + index, { sentAt: 900, onTheWire: onTheWire - index });
			const lowered = limit.max;
			expect(lowered).toBe(Math.floor(onTheWire / 2));
			// Eight rounds for one more; it grows a little less than in whole steps.
			for (let answers = 0; answers < 8 * (lowered + 1) + 1; answers++) limit.answered();
			expect(limit.max).toBe(lowered + 1);
		}),
	);
});

test('one request is always let through', () => {
	const limit = new ConcurrencyLimit();
	for (let now = 1; now < 10; now++) limit.rejected(now, { sentAt: now, onTheWire: 1 });
	expect(limit.max).toBe(1);
});
