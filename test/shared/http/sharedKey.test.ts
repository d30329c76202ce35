import { sendRequest } from '../../../nodes/shared/http/request';
import { QueueClock } from '../../support/queueClock';
import { connectionTo, createRequest } from '../../support/fakeService';

const WINDOW_MS = 60_000;
/** Requests that one process has on the wire or in its queue at a time: the default of the option Concurrency. */
const AT_ONCE = 20;
const SEEDS = [11, 222, 3333];

/** `always 60`: the value in the announcement of the service. */
type RetryAfter = 'seconds' | 'none' | 'always 60';

interface Situation {
	/** Requests of each process. */
	counts: number[];
	/** When each process starts, in milliseconds; all at once if left out. */
	starts?: number[];
	retryAfter: RetryAfter;
	limit?: number;
	latencyMs?: number;
	/** The credential says that the key is shared. */
	isShared?: boolean;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const equal = (processes: number, total: number) => Array.from({ length: processes }, () => total / processes);
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The time that one client with all knowledge needs for the work. */
function least(counts: number[], starts: number[], limit: number): number {
	const arrivals = counts.flatMap((count, index) => Array.from({ length: count }, () => starts[index]));
	const sent: number[] = [];
	for (const arrival of arrivals.sort((a, b) => a - b))
		sent.push(Math.max(arrival, sent.length < limit ? 0 : sent[sent.length - limit] + WINDOW_MS));
	return sent[sent.length - 1];
}

/** How processes that share a key, without knowing of each other, get their work done. */
async function share(situation: Situation, seed: number) {
	const { counts, retryAfter, limit = 60, latencyMs = 100, isShared = false } = situation;
	const starts = situation.starts ?? counts.map(() => 0);
	let state = seed;
	const clock = new QueueClock(() => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647);
	/** When the service counted the requests of all processes. */
	const counted: number[] = [];
	const rejected: number[] = [];
	const runProcess = async (index: number) => {
		const accepted: number[] = [];
		const send = async () => {
			const halfMs = (latencyMs / 2) * (0.8 + 0.4 * clock.random());
			await clock.sleep(halfMs);
			const now = clock.now();
			const leavesAt = (counted.at(-limit) ?? -Infinity) + WINDOW_MS;
			const isRejected = counted.length >= limit && leavesAt > now;
			if (isRejected) rejected.push(now);
			else {
				counted.push(now);
				accepted.push(now);
			}
			const seconds = retryAfter === 'seconds' ? Math.ceil((leavesAt - now) / 1000) : 60;
			await clock.sleep(halfMs);
			return {
				statusCode: isRejected ? 429 : 200,
				headers: isRejected && retryAfter !== 'none' ? { 'retry-after': String(seconds) } : {},
				body: {},
			};
		};
		await clock.sleep(starts[index]);
		const connection = connectionTo(clock, send, { limit, windowMs: WINDOW_MS, waitBudgetMs: 100 * WINDOW_MS });
		connection.window.setLimit('credential', limit, isShared);
		let left = counts[index];
		const worker = async () => {
			while (left-- > 0) await sendRequest(connection, createRequest);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return { accepted, end: clock.now() };
	};
	const processes = await clock.finish(Promise.all(counts.map(async (_, index) => await runProcess(index))));
	const ends = processes.map(({ end }) => end);
	return {
		processes,
		rejected: rejected.length,
		overLimit: Math.max(...ends) / (least(counts, starts, limit) + latencyMs),
		lateRejections: rejected.filter((at) => at > 2 * WINDOW_MS).length / sum(counts),
		firstEnd: Math.min(...ends) / Math.max(...ends),
	};
}

/** The same for several seeds, one after the other. */
async function shares(situation: Situation) {
	const results: Array<Awaited<ReturnType<typeof share>>> = [];
	for (const seed of SEEDS) results.push(await share(situation, seed));
	return {
		results,
		overLimit: median(results.map(({ overLimit }) => overLimit)),
		lateRejections: median(results.map(({ lateRejections }) => lateRejections)),
	};
}

describe.each(['seconds', 'none', 'always 60'] as const)('Retry-After: %s', (retryAfter) => {
	describe.each([2, 4, 8])('%d processes with the same work that start together', (processes) => {
		test.each([100, 2000])(
			'at %d ms latency take 1.25 of the limit at most, with at most 10 % rejections after two windows',
			async (latencyMs) => {
				const { overLimit, lateRejections, results } = await shares({
					counts: equal(processes, 600),
					latencyMs,
					retryAfter,
				});
				expect(overLimit).toBeLessThanOrEqual(1.25);
				expect(lateRejections).toBeLessThanOrEqual(0.1);
				for (const { processes: each } of results)
					expect(each.map(({ accepted }) => accepted.length)).toEqual(equal(processes, 600));
			},
		);
	});

	test.each([100, 400])(
		'eight processes that start within seconds have at most 10 % rejections after two windows, at %d ms latency',
		async (latencyMs) => {
			const starts = Array.from({ length: 8 }, (_, index) => index * 300);
			const { overLimit, lateRejections } = await shares({ counts: equal(8, 2400), starts, latencyMs, retryAfter });
			expect(overLimit).toBeLessThanOrEqual(1.25);
			expect(lateRejections).toBeLessThanOrEqual(0.1);
		},
	);

	test('two that start together settle, and neither starves', async () => {
		for (const { firstEnd } of (await shares({ counts: equal(2, 600), retryAfter })).results)
			expect(firstEnd).toBeGreaterThan(0.6);
	});

	test('a process that is left alone has the whole limit again within two windows', async () => {
		for (const { processes } of (await shares({ counts: [60, 60, 60, 500], retryAfter })).results) {
			const [others, last] = [processes.slice(0, 3), processes[3]];
			const aloneAt = Math.max(...others.map(({ end }) => end));
			const inWindow = last.accepted.filter(
				(at) => at > aloneAt + 2 * WINDOW_MS && at <= aloneAt + 3 * WINDOW_MS,
			).length;
			expect(inWindow).toBeGreaterThanOrEqual(59);
		}
	});

	test('a process that starts late gets its share from one that knows that it is not alone', async () => {
		const situation = { counts: [900, 30], starts: [0, 5 * WINDOW_MS], isShared: true, retryAfter };
		for (const { processes } of (await shares(situation)).results) {
			expect(processes[1].accepted[0]).toBeLessThan(6 * WINDOW_MS);
			expect(processes[1].end).toBeLessThan(13 * WINDOW_MS);
		}
	});

	test('a single process is never rejected, and needs no more time than the limit', async () => {
		const { rejected, overLimit } = await share({ counts: [300], retryAfter }, 1);
		expect([rejected, overLimit <= 1.01]).toEqual([0, true]);
	});
});

test('two processes that know of each other start without a rejection', async () => {
	const { rejected } = await share({ counts: [30, 30], isShared: true, retryAfter: 'none' }, 1);
	expect(rejected).toBe(0);
});

test('eight processes at a limit of 600 take 1.25 of it at most, with at most 10 % rejections', async () => {
	const { overLimit, lateRejections } = await share({ counts: equal(8, 3000), limit: 600, retryAfter: 'none' }, 11);
	expect(overLimit).toBeLessThanOrEqual(1.25);
	expect(lateRejections).toBeLessThanOrEqual(0.1);
});

test.each([
	{ counts: [450, 150] },
	{ counts: [400, 100, 100] },
	{ counts: [200, 150, 80, 60, 50, 30, 20, 10] },
	{ counts: equal(2, 600), starts: [0, 7000] },
	{ counts: equal(2, 600), starts: [0, 61_000] },
	{ counts: equal(4, 600), starts: [0, 30_000, 60_000, 90_000] },
])('different work or starts, %j, take 1.3 of the limit at most', async (situation) => {
	expect((await shares({ ...situation, retryAfter: 'none' })).overLimit).toBeLessThanOrEqual(1.3);
});
