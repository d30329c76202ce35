import fc from 'fast-check';
import { sendRequest } from '../../../nodes/shared/http/request';
import { SideLimit } from '../../../nodes/shared/http/sideLimit';
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

/** A service whose limit and window nobody knows, and a client that has only the refusals to learn from. */
async function work({ limit, windowMs, sendsRetryAfter }: Service, count: number) {
	const clock = new FakeClock();
	let counted: number[] = [];
	let refusals = 0;
	const send = async () => {
		await clock.sleep(LATENCY_MS);
		counted = counted.filter((at) => at > clock.now() - windowMs);
		if (counted.length < limit) {
			counted.push(clock.now());
			return { statusCode: 200, headers: {}, body: {} };
		}
		refusals++;
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
	return { refused: refusals / count, overLimit: clock.now() / limitMs };
}

test('without a refusal nothing waits', async () => {
	const { refused, overLimit } = await work({ limit: 100_000, windowMs: 60_000, sendsRetryAfter: true }, 2000);
	expect([refused, overLimit <= 1.05]).toEqual([0, true]);
});

test.each<[Service, number, { overLimit: number; refused: number }]>([
	[{ limit: 100, windowMs: 60_000, sendsRetryAfter: true }, 1000, { overLimit: 1.2, refused: 0.1 }],
	[{ limit: 100, windowMs: 60_000, sendsRetryAfter: false }, 1000, { overLimit: 1.5, refused: 0.1 }],
	// A window of a second must not be taken for one of a minute.
	[{ limit: 10, windowMs: 1000, sendsRetryAfter: true }, 1000, { overLimit: 3, refused: 0.15 }],
])('%j: %i requests get done at the pace of the refusals', async (service, count, most) => {
	const { overLimit, refused } = await work({ ...service }, count);
	expect(overLimit).toBeLessThan(most.overLimit);
	expect(refused).toBeLessThan(most.refused);
});

test('a burst of refusals halves it once, whatever its size; answers raise it again', () => {
	fc.assert(
		fc.property(fc.integer({ min: 2, max: 200 }), (onTheWire) => {
			const limit = new SideLimit();
			expect(limit.most).toBe(Infinity);
			for (let index = 0; index < onTheWire; index++)
				limit.refused(1000 + index, { sentAt: 900, onTheWire: onTheWire - index });
			const lowered = limit.most;
			expect(lowered).toBe(Math.floor(onTheWire / 2));
			// Eight rounds for one more; it grows a little less than in whole steps.
			for (let answers = 0; answers < 8 * (lowered + 1) + 1; answers++) limit.answered();
			expect(limit.most).toBe(lowered + 1);
		}),
	);
});

test('one request is always let through', () => {
	const limit = new SideLimit();
	for (let now = 1; now < 10; now++) limit.refused(now, { sentAt: now, onTheWire: 1 });
	expect(limit.most).toBe(1);
});
