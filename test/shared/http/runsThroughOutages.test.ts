import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import fc from 'fast-check';
import { createOnce } from '../../../nodes/shared/client/createOnce';
import type { ApiRequest, Connection } from '../../../nodes/shared/http/connection';
import { Failure, mayHaveArrived, NoTimeLeft } from '../../../nodes/shared/http/failures';
import type { Unusable } from '../../../nodes/shared/http/outcome';
import { runUnit, sendRequest } from '../../../nodes/shared/http/request';
import { RunReport } from '../../../nodes/shared/http/runReport';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo, createRequest, getRequest, scripted, type Answer } from '../../support/fakeService';
import { numRuns } from '../../support/runs';

const LATENCY_MS = 100;

async function failureOf(work: Promise<unknown>): Promise<Failure> {
	return await work.then(
		() => {
			throw new Error('It succeeded');
		},
		(error: Failure) => error,
	);
}

/** Works through items with some at a time, and goes on after failures, as a node with 'Continue On Fail'. */
async function workThrough<T>(
	clock: FakeClock,
	count: number,
	atOnce: number,
	one: (item: number) => Promise<T>,
): Promise<Array<T | Error>> {
	const results: Array<T | Error> = [];
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const item = next++;
			await clock.sleep(0);
			results[item] = await one(item).catch((error: Error) => error);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}

/** The next run with the same key. */
function nextRun(connection: Connection, more: Partial<Connection> = {}): Connection {
	return { ...connection, report: new RunReport(), executionKey: 'next', ...more };
}

const rejected = (seconds: number): Answer => ({
	statusCode: 429,
	headers: { 'retry-after': String(seconds) },
	body: { error: 'Slow down' },
});

describe('nothing but rejections', () => {
	test.each([20, 1000])('ends %d items together, when the time of the run is over', async (count) => {
		const clock = new FakeClock(() => 0);
		const { sent, send } = scripted(clock, [rejected(1)], 10);
		const connection = connectionTo(clock, send, { waitBudgetMs: 6000 });
		const work = workThrough(clock, count, 20, async () => await sendRequest(connection, createRequest));
		const failures = (await clock.finish(work)) as Failure[];
		expect(clock.now()).toBeLessThanOrEqual(7000);
		expect(failures).toHaveLength(count);
		for (const { facts } of failures) expect(facts).toMatchObject({ kind: 'rateLimit', status: 429 });
		expect(failures.at(-1)?.message).toMatch(
			/All requests were rejected for [56] s \(429\): Slow down\. Statuspage asks/,
		);
		// The first 20 at once, then one for each second.
		expect(sent.length).toBeLessThanOrEqual(20 + 7);
	});

	test('for longer than a run may wait ends it at once, and the next run with the key as well', async () => {
		const clock = new FakeClock(() => 0);
		const { sent, send } = scripted(clock, [rejected(3600)], 9);
		const first = connectionTo(clock, send, { waitBudgetMs: 5000 });
		const failure = await failureOf(clock.finish(sendRequest(first, getRequest)));
		expect(failure.message).toMatch(
			/^Rate limit.*All requests were rejected \(429\): Slow down\. Statuspage asks to wait another 3600 s$/,
		);
		await clock.advance(600_000);
		const next = await failureOf(clock.finish(sendRequest(nextRun(first), getRequest)));
		expect(next.facts).toMatchObject({
			kind: 'rateLimit',
			status: 429,
			retryAfterMs: 3000_000,
			message: expect.stringContaining('asks to wait another 3000 s') as string,
		});
		expect(sent).toHaveLength(1);
		expect(clock.now()).toBeLessThan(601_000);
	});

	test('pauses the key also when an earlier request is answered afterwards', async () => {
		const clock = new FakeClock(() => 0);
		let requests = 0;
		const send = async () => {
			const isFirst = requests++ === 0;
			await clock.sleep(isFirst ? 10 : 500);
			return isFirst
				? { statusCode: 429, headers: { 'retry-after': '3600' }, body: {} }
				: { statusCode: 200, headers: {}, body: {} };
		};
		const connection = connectionTo(clock, send, { waitBudgetMs: 5000 });
		const results = await clock.finish(workThrough(clock, 4, 2, async () => await sendRequest(connection, getRequest)));
		expect(results.filter((result) => result instanceof Failure)).toHaveLength(3);
		expect(clock.now()).toBeLessThan(2000);
	});

	test('before a run began does not use up its time', async () => {
		const clock = new FakeClock(() => 0);
		const { send } = scripted(clock, [rejected(20), rejected(20), {}]);
		const first = connectionTo(clock, send, { waitBudgetMs: 1000 });
		await failureOf(clock.finish(sendRequest(first, getRequest)));
		await clock.advance(10_000);
		await clock.finish(sendRequest(nextRun(first, { waitBudgetMs: 35_000 }), getRequest));
		expect(clock.now()).toBe(40_000);
	});

	test('without a wait in between is asked once per second', async () => {
		const clock = new FakeClock(() => 0);
		const { sent, send } = scripted(clock, [rejected(0)], 10);
		const connection = connectionTo(clock, send, { waitBudgetMs: 30_000 });
		await failureOf(clock.finish(sendRequest(connection, getRequest)));
		expect(sent.length).toBeGreaterThan(20);
		expect(sent.length).toBeLessThanOrEqual(33);
	});
});

type Mode = 'refused' | 'reset' | 'lost' | 503;

/** A service with viewers, each with its own name, that is away at times. */
class Service {
	readonly created = new Map<string, number>();
	readonly log: Array<{ method: string; at: number; isAway: boolean }> = [];

	constructor(
		private readonly clock: FakeClock,
		private readonly away: Array<{ from: number; to: number; mode: Mode }>,
	) {}

	readonly send = async ({ method, url }: IHttpRequestOptions) => {
		const mode = this.#modeAt(this.clock.now());
		this.log.push({ method: String(method), at: this.clock.now(), isAway: mode !== undefined });
		if (mode === 'refused') throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
		await this.clock.sleep(LATENCY_MS / 2);
		const answer = mode === 'reset' || mode === 503 ? undefined : this.#work(String(method), url);
		await this.clock.sleep(LATENCY_MS / 2);
		if (mode === 503) return { statusCode: 503, headers: {}, body: { error: 'Away' } };
		// What is on the wire when the service goes away is lost.
		if (mode !== undefined || this.#modeAt(this.clock.now()) !== undefined)
			throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
		return answer;
	};

	#modeAt(now: number): Mode | undefined {
		return this.away.find(({ from, to }) => now >= from && now < to)?.mode;
	}

	#work(method: string, url: string): { statusCode: number; headers: IDataObject; body: unknown } {
		const name = url.split('/').at(-1) as string;
		if (method === 'GET') return { statusCode: 200, headers: {}, body: { exists: this.created.has(name) } };
		if (this.created.has(name)) return { statusCode: 409, headers: {}, body: { error: 'taken' } };
		this.created.set(name, (this.created.get(name) ?? 0) + 1);
		return { statusCode: 200, headers: {}, body: { exists: true } };
	}
}

const named = (request: ApiRequest, name: string): ApiRequest => ({
	...request,
	path: `/things/${name}`,
	subject: name,
});

async function create(connection: Connection, name: string) {
	return await createOnce<{ exists: boolean }>({
		connection,
		create: async () => (await sendRequest(connection, named(createRequest, name))) as { exists: boolean },
		find: async () => {
			const row = (await sendRequest(connection, named(getRequest, name))) as { exists: boolean };
			return row.exists ? row : undefined;
		},
		createdAt: () => undefined,
		taken: () => new Failure({ kind: 'answer', status: 409, message: 'It existed before' }),
	});
}

const AT_ONCE = 20;

describe.each<Mode>(['refused', 'reset', 'lost', 503])('a service that is away (%s)', (mode) => {
	test.each([3000, 8000, 20_000])('for %d ms delays a run, and nothing is lost or doubled', async (awayMs) => {
		const clock = new FakeClock(() => 0.5);
		const service = new Service(clock, [{ from: 450, to: 450 + awayMs, mode }]);
		const connection = connectionTo(clock, service.send, { limit: 1000 });
		const results = await clock.finish(
			workThrough(clock, 200, AT_ONCE, async (item) => await create(connection, `v${item}`)),
		);
		expect(results.filter((result) => result instanceof Error)).toEqual([]);
		expect(service.created.size).toBe(200);
		const probes = service.log.filter(({ isAway }) => isAway);
		// 0.5 s, 1 s, 2 s, 4 s, 8 s … between them, at least half of it, and those that were sent at the very moment.
		expect(probes.length).toBeLessThanOrEqual(AT_ONCE + 3 + Math.ceil(Math.log2(awayMs / 250)));
		const posts = service.log.filter(({ method }) => method === 'POST').length;
		expect(posts).toBeLessThanOrEqual(200 + AT_ONCE + probes.length);
		expect(service.log.length - posts).toBeLessThanOrEqual(AT_ONCE + 2 * probes.length);
		expect(clock.now()).toBeLessThan(450 + awayMs + 8000 + 2500);
	});

	test('for ever ends a run when its time is over', async () => {
		const clock = new FakeClock(() => 0.5);
		const service = new Service(clock, [{ from: 450, to: Infinity, mode }]);
		const connection = connectionTo(clock, service.send, { limit: 1000, waitBudgetMs: 10_000 });
		const results = await clock.finish(
			workThrough(clock, 1000, AT_ONCE, async (item) => await create(connection, `v${item}`)),
		);
		expect(clock.now()).toBeLessThan(14_000);
		for (const [item, result] of results.entries()) {
			if (service.created.has(`v${item}`) && result instanceof Error) expect(mayHaveArrived(result)).toBe(true);
		}
		const waited = results.at(-1) as Failure;
		expect(waited.facts.kind).toBe('notSent');
		expect(waited.message).toMatch(/^Statuspage was not available for \d+ s \(.*\): could not create the v999$/);
		expect(waited.facts.advice).toContain("increase 'Max Wait While Unavailable' (now 10 s)");
		expect(service.log.length).toBeLessThan(150);
	});
});

test('a create is never lost, doubled or called not sent, whenever the service is away and however', async () => {
	const outage = fc.record({
		afterMs: fc.integer({ min: 0, max: 3000 }),
		forMs: fc.integer({ min: 1, max: 9000 }),
		mode: fc.constantFrom<Mode>('refused', 'reset', 'lost', 503),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.array(outage, { maxLength: 4 }),
			fc.integer({ min: 1, max: 40 }),
			fc.integer({ min: 1, max: 12 }),
			fc.integer({ min: 1, max: 20_000 }),
			async (outages, count, atOnce, waitBudgetMs) => {
				const clock = new FakeClock(() => 0.5);
				let at = 0;
				const away = outages.map(({ afterMs, forMs, mode }) => {
					const from = at + afterMs;
					at = from + forMs;
					return { from, to: at, mode };
				});
				const service = new Service(clock, away);
				const connection = connectionTo(clock, service.send, { limit: 1000, waitBudgetMs });
				const results = await clock.finish(
					workThrough(clock, count, atOnce, async (item) => await create(connection, `v${item}`)),
				);
				for (const [item, result] of results.entries()) {
					const times = service.created.get(`v${item}`) ?? 0;
					if (!(result instanceof Error)) expect(times).toBe(1);
					else if (times > 0) expect(mayHaveArrived(result)).toBe(true);
				}
			},
		),
		{ numRuns: numRuns(0.2) },
	);
});

const refusedAnswer: Answer = { throws: { code: 'ECONNREFUSED' } };
const resetAnswer: Answer = { throws: { code: 'ECONNRESET' } };
const patch: ApiRequest = { ...getRequest, method: 'PATCH', body: {} };

describe('a request that fails', () => {
	test('in a run without any answer before is tried five times, however long the run may wait', async () => {
		const clock = new FakeClock(() => 0.5);
		const { sent, send } = scripted(clock, [refusedAnswer], 10);
		const failure = await failureOf(clock.finish(sendRequest(connectionTo(clock, send), getRequest)));
		expect(sent).toHaveLength(5);
		expect(failure.facts).toMatchObject({
			kind: 'notSent',
			message: expect.stringContaining('(5 attempts)') as string,
		});
		expect(clock.now()).toBeLessThan(10_000);
	});

	test('because it is a write that always gets a 503 fails alone, and the others are done', async () => {
		const clock = new FakeClock(() => 0.5);
		let bad = 0;
		const send = async ({ url }: IHttpRequestOptions) => {
			const isBad = url.endsWith('/bad');
			if (isBad) bad++;
			await clock.sleep(LATENCY_MS);
			return { statusCode: isBad ? 503 : 200, headers: {}, body: {} };
		};
		const connection = connectionTo(clock, send, { limit: 1000 });
		const results = await clock.finish(
			workThrough(clock, 100, 10, async (item) => {
				await sendRequest(connection, named(patch, item === 5 ? 'bad' : `v${item}`));
				return clock.now();
			}),
		);
		expect(results.filter((result) => result instanceof Error)).toHaveLength(1);
		expect(results[5]).toBeInstanceOf(Failure);
		expect(bad).toBe(5);
		expect(results[99]).toBeLessThan(3000);
	});

	test('alone, as a write that always gets a 503, has its ordinary tries', async () => {
		const clock = new FakeClock(() => 0.5);
		const { sent, send } = scripted(clock, [{}, { statusCode: 503 }], 10);
		const connection = connectionTo(clock, send);
		await clock.finish(sendRequest(connection, getRequest));
		await failureOf(clock.finish(sendRequest(connection, patch)));
		expect(sent).toHaveLength(1 + 5);
	});

	test('alone, as a read, waits while the service is away', async () => {
		const clock = new FakeClock(() => 0.5);
		const { sent, send } = scripted(clock, [{}, ...Array.from({ length: 8 }, () => resetAnswer), {}], 10);
		const connection = connectionTo(clock, send);
		await clock.finish(sendRequest(connection, getRequest));
		await clock.finish(sendRequest(connection, getRequest));
		expect(sent).toHaveLength(10);
	});

	test('waits as long as a 503 asks, and no other request is sent meanwhile', async () => {
		const clock = new FakeClock(() => 0.5);
		const away: Answer = { statusCode: 503, headers: { 'retry-after': '30' } };
		const { sent, send } = scripted(clock, [{}, away, {}], 10);
		const connection = connectionTo(clock, send);
		await clock.finish(sendRequest(connection, getRequest));
		const first = sendRequest(connection, getRequest);
		await clock.advance(20);
		await clock.finish(Promise.all([first, sendRequest(nextRun(connection), getRequest)]));
		expect(sent.map(({ at }) => at)).toEqual([0, 10, 30_020, 30_030]);
	});

	test('is judged by all of its tries, not only by the last one', async () => {
		const clock = new FakeClock(() => 0.5);
		const { send } = scripted(clock, [resetAnswer, refusedAnswer], 10);
		const failure = await failureOf(clock.finish(sendRequest(connectionTo(clock, send), patch)));
		expect(failure.facts).toMatchObject({ kind: 'lost', mayHaveArrived: true });
		expect(failure.facts.advice).toContain('The request may have succeeded');
	});

	test('and is rejected afterwards may have been done', async () => {
		const clock = new FakeClock(() => 0.5);
		const { send } = scripted(clock, [resetAnswer, rejected(3600)], 10);
		const failure = await failureOf(clock.finish(sendRequest(connectionTo(clock, send), patch)));
		expect(failure.facts).toMatchObject({ kind: 'rateLimit', mayHaveArrived: true });
		expect(failure.facts.advice).toContain('The request may have succeeded');
	});

	test('is not deleted if nothing arrived before the service says that there is no such object', async () => {
		const clock = new FakeClock(() => 0.5);
		const { send } = scripted(clock, [refusedAnswer, { statusCode: 404 }], 10);
		const remove: ApiRequest = { ...getRequest, method: 'DELETE' };
		expect((await failureOf(clock.finish(sendRequest(connectionTo(clock, send), remove)))).status).toBe(404);
	});
});

test('a unit waits as a whole while the service is away, and then starts with its reads', async () => {
	const clock = new FakeClock(() => 0.5);
	const answers = [{}, {}, resetAnswer, resetAnswer, resetAnswer, {}];
	const { sent, send } = scripted(clock, answers, 10);
	const connection = connectionTo(clock, send);
	await clock.finish(sendRequest(connection, getRequest));
	await clock.finish(
		runUnit(connection, 2, async (unit) => {
			await sendRequest(connection, { ...getRequest, unit });
			return await sendRequest(connection, { ...patch, unit });
		}),
	);
	expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH', 'GET', 'GET', 'GET', 'PATCH']);
	expect(connection.window.freeSlots).toBe(60 - 7);
});

test('a read that always fails does not keep the other requests of its run from being sent', async () => {
	const clock = new FakeClock(() => 0.5);
	let isAway = false;
	const send = async ({ url }: IHttpRequestOptions) => {
		await clock.sleep(LATENCY_MS);
		if (isAway || url.endsWith('/bad')) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
		return { statusCode: 200, headers: {}, body: {} };
	};
	const connection = connectionTo(clock, send);
	await clock.finish(sendRequest(connection, getRequest));
	isAway = true;
	const work = workThrough(clock, 5, 5, async (item) => {
		await sendRequest(connection, named(getRequest, item === 0 ? 'bad' : 'good'));
		return clock.now();
	});
	await clock.advance(1000);
	isAway = false;
	const [bad, ...good] = await clock.finish(work);
	expect(bad).toBeInstanceOf(Failure);
	for (const at of good) expect(at).toBeLessThan(5000);
});

test('a picker is told that the service is not available', async () => {
	const clock = new FakeClock(() => 0.5);
	const { send } = scripted(clock, [{}, resetAnswer], 10);
	const connection = connectionTo(clock, send);
	await clock.finish(sendRequest(connection, getRequest));
	void sendRequest(connection, getRequest).catch(() => {});
	await clock.advance(20_000);
	const picker = nextRun(connection, { giveUpAfterMs: 2000, waitBudgetMs: 2000 });
	const failure = await failureOf(clock.finish(sendRequest(picker, getRequest)));
	expect(failure.message).toContain('Statuspage was not available');
	expect(clock.now()).toBeLessThan(26_000);
});

describe('a request on the wire', () => {
	test('ends at the time limit although its answer never ends, and frees its slot', async () => {
		const clock = new FakeClock(() => 0.5);
		const signals: AbortSignal[] = [];
		const send = async ({ abortSignal }: IHttpRequestOptions) => {
			signals.push(abortSignal as AbortSignal);
			return await new Promise(() => {});
		};
		const connection = connectionTo(clock, send, { timeoutMs: 2000, limit: 1, windowMs: 1000 });
		const failure = await failureOf(clock.finish(sendRequest(connection, createRequest)));
		expect(failure.facts).toMatchObject({
			kind: 'lost',
			message: expect.stringContaining('no response in time') as string,
		});
		expect(clock.now()).toBe(2000);
		expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
		await clock.advance(1000);
		expect(connection.window.freeSlots).toBe(1);
	});

	test.each([
		['a read', getRequest, false],
		['a write', createRequest, true],
	])('ends at once when the execution is cancelled, and %s may have been done: %p', async (_, request, expected) => {
		const clock = new FakeClock(() => 0.5);
		const controller = new AbortController();
		const send = async () => await new Promise(() => {});
		const connection = connectionTo(clock, send, { signal: controller.signal });
		const cancelled = failureOf(sendRequest(connection, request));
		await clock.advance(100);
		controller.abort();
		await expect(clock.finish(cancelled)).resolves.toMatchObject({ name: 'AbortError', mayHaveArrived: expected });
		expect(clock.now()).toBe(100);
	});
});

describe('the window of a key in an outage', () => {
	const away: Unusable = { kind: 'broken', status: 503, body: {} };

	/** A window with an outage that began at 100 ms, and the number of its stops before. */
	async function windowInOutage() {
		const clock = new FakeClock(() => 0.5);
		const { window } = connectionTo(clock, async () => ({}));
		const { stops } = window.availability;
		for (const executionKey of ['a', 'b']) await window.takeSlots({ executionKey, isUrgent: false });
		await clock.advance(100);
		for (let count = 0; count < 2; count++) window.unanswered(0, away, { isHostKnown: true });
		return { clock, window, stops };
	}

	test('does not end it because of a request that was cancelled', async () => {
		const { clock, window } = await windowInOutage();
		const sent: number[] = [];
		const wait = async (executionKey: string) => {
			await window.takeSlots({ executionKey, isUrgent: false });
			sent.push(clock.now());
		};
		void wait('a');
		void wait('b');
		await clock.advance(1000);
		window.ended(sent[0], true);
		expect(window.availability.isAway).toBe(true);
		await clock.advance(100);
		// The next probe, and still no other request.
		expect(sent).toHaveLength(2);
		void wait('c');
		await clock.advance(100);
		expect(sent).toHaveLength(2);
	});

	test('sends the others as soon as one of two probes is answered', async () => {
		const { clock, window } = await windowInOutage();
		const sent: number[] = [];
		for (const executionKey of ['a', 'b', 'c', 'd'])
			void window.takeSlots({ executionKey, isUrgent: false }).then(() => sent.push(clock.now()));
		await clock.advance(7000);
		// The second one is sent because the first one takes long.
		expect(sent).toHaveLength(2);
		window.answered(sent[0]);
		await clock.advance(0);
		expect(sent).toHaveLength(4);
	});

	test('tells a run without time at once, also while others wait', async () => {
		const { clock, window } = await windowInOutage();
		window.rejected(0, 60_000);
		void window.takeSlots({ executionKey: 'a', isUrgent: false });
		await clock.advance(1500);
		const budget = { ms: 1000, beganAt: clock.now() };
		await expect(window.takeSlots({ executionKey: 'b', isUrgent: false, budget })).rejects.toThrow(NoTimeLeft);
	});

	test('lets only the unit continue whose slots were granted as the probe', async () => {
		const { clock, window, stops } = await windowInOutage();
		await clock.finish(window.takeSlots({ executionKey: 'a', isUrgent: false, slots: 2 }));
		const { availability } = window;
		expect(availability.pauseLeftMs).toBe(0);
		expect([stops, availability.stops].map((seen) => availability.mayContinue(seen))).toEqual([false, true]);
		window.answered(clock.now());
		expect(availability.mayContinue(stops)).toBe(true);
	});
});

test('a run that begins after an outage was given up has its ordinary tries without long waits', async () => {
	const clock = new FakeClock(() => 0.5);
	const { send } = scripted(clock, [{}, resetAnswer], 10);
	const connection = connectionTo(clock, send);
	await clock.finish(sendRequest(connection, getRequest));
	await failureOf(clock.finish(sendRequest(connection, getRequest)));
	const startedAt = clock.now();
	const failure = await failureOf(clock.finish(sendRequest(nextRun(connection), getRequest)));
	expect(failure.message).toContain('(5 attempts)');
	expect(clock.now() - startedAt).toBeLessThan(5000);
});

test('a run without an answer of its own has its ordinary tries, while other runs wait', async () => {
	const clock = new FakeClock(() => 0.5);
	const { send } = scripted(clock, [{}, resetAnswer], 10);
	const connection = connectionTo(clock, send);
	await clock.finish(sendRequest(connection, getRequest));
	const waiting = failureOf(sendRequest(connection, getRequest));
	await clock.advance(20_000);
	const failure = await failureOf(clock.finish(sendRequest(nextRun(connection), getRequest)));
	expect(failure.message).toContain('(5 attempts)');
	expect(clock.now()).toBeLessThan(120_000);
	expect((await clock.finish(waiting)).message).toMatch(/^Statuspage was not available for 30[01] s/);
});

test('20,000 waiting requests are cancelled together', async () => {
	// With work for each other request, this would take longer than a test may.
	const clock = new FakeClock(() => 0.5);
	const controller = new AbortController();
	const { send } = scripted(clock, [{}], 10);
	const connection = connectionTo(clock, send, { signal: controller.signal, limit: 1 });
	await clock.finish(sendRequest(connection, getRequest));
	const waiting = Array.from({ length: 20_000 }, async () => await failureOf(sendRequest(connection, getRequest)));
	await clock.advance(0);
	controller.abort();
	const cancelled = await Promise.all(waiting);
	expect(cancelled.every(({ name }) => name === 'AbortError')).toBe(true);
});
