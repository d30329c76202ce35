import { sendRequest } from '../../../nodes/shared/http/request';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo, createRequest } from '../../support/fakeService';

const WINDOW_MS = 60_000;
const LIMIT = 60;
const LATENCY_MS = 100;
/** Requests that one process has on the wire or in its queue at a time: the default of the option Concurrency. */
const AT_ONCE = 20;

type RetryAfter = 'seconds' | 'none';

/** The service's own window, which several processes share without knowing of each other. */
function sharedService(clock: FakeClock, retryAfter: RetryAfter) {
	let counted: number[] = [];
	const refusedAt: number[] = [];
	const send = async () => {
		await clock.sleep(LATENCY_MS / 2);
		const now = clock.now();
		counted = counted.filter((at) => at > now - WINDOW_MS);
		const isRejected = counted.length >= LIMIT;
		if (isRejected) refusedAt.push(now);
		else counted.push(now);
		const headers =
			isRejected && retryAfter === 'seconds'
				? { 'retry-after': String(Math.ceil((counted[0] + WINDOW_MS - now) / 1000)) }
				: {};
		await clock.sleep(LATENCY_MS / 2);
		return { statusCode: isRejected ? 429 : 200, headers, body: {} };
	};
	return { send, refusedAt };
}

/** A process that does so much work: `AT_ONCE` workers, one window. */
async function runProcess(
	clock: FakeClock,
	send: () => Promise<unknown>,
	count: number,
	startMs: number,
): Promise<number> {
	await clock.sleep(startMs);
	const connection = connectionTo(clock, send, { limit: LIMIT, windowMs: WINDOW_MS, waitBudgetMs: 10 * WINDOW_MS });
	let left = count;
	const worker = async () => {
		while (left-- > 0) await sendRequest(connection, createRequest);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return clock.now();
}

/** How processes that work through the same number of requests each get along. */
async function share({
	processes,
	count,
	retryAfter,
	seed,
	apartMs = 0,
}: {
	processes: number;
	count: number;
	retryAfter: RetryAfter;
	seed: number;
	apartMs?: number;
}) {
	let state = seed;
	const clock = new FakeClock(() => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647);
	const service = sharedService(clock, retryAfter);
	const ends = await clock.finish(
		Promise.all(
			Array.from(
				{ length: processes },
				async (_, index) => await runProcess(clock, service.send, count, index * apartMs),
			),
		),
	);
	const total = processes * count;
	return {
		/** Over the time that one client with all knowledge needs. */
		overLimit: Math.max(...ends) / (Math.floor((total - 1) / LIMIT) * WINDOW_MS + LATENCY_MS),
		lateRefusals: service.refusedAt.filter((at) => at > 2 * WINDOW_MS).length / total,
		firstEnd: Math.min(...ends) / Math.max(...ends),
	};
}

const SEEDS = [11, 222, 3333];

const together = [
	{ processes: 2, count: 300 },
	{ processes: 4, count: 150 },
	{ processes: 2, count: 300, apartMs: 7000 },
	{ processes: 2, count: 300, apartMs: 61_000 },
];

describe.each(['seconds', 'none'] as const)('Retry-After: %s', (retryAfter) => {
	test.each(together)(
		'%j share a key, and all get done in little more time than one alone would need',
		async (situation) => {
			for (const seed of SEEDS) expect((await share({ ...situation, retryAfter, seed })).overLimit).toBeLessThan(1.5);
		},
	);

	test('two that start together settle: in 1.4 of the limit, with 5 % rejections after the first two windows, and neither starves', async () => {
		for (const seed of SEEDS) {
			const { overLimit, lateRefusals, firstEnd } = await share({ processes: 2, count: 300, retryAfter, seed });
			expect(overLimit).toBeLessThanOrEqual(1.4);
			expect(lateRefusals).toBeLessThanOrEqual(0.05);
			expect(firstEnd).toBeGreaterThan(0.6);
		}
	});

	test('a single process is never rejected, and needs no more time than the limit', async () => {
		const { overLimit, lateRefusals } = await share({ processes: 1, count: 300, retryAfter, seed: 1 });
		expect([lateRefusals, overLimit <= 1.01]).toEqual([0, true]);
	});
});
