import { checkAfterMs } from '../../../nodes/services/statuspage/checkedChange';
import { FairQueue } from '../../../nodes/shared/http/fairQueue';
import { Outdated } from '../../../nodes/shared/http/failures';
import { runUnit, sendRequest } from '../../../nodes/shared/http/request';
import { OLD_MS, Unit } from '../../../nodes/shared/http/unit';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo, getRequest, scripted, type Answer } from '../../support/fakeService';

const write = { ...getRequest, method: 'PATCH' as const, body: {} };

function service(answers: Answer[], limit = 10, latencyMs = 10) {
	const clock = new FakeClock();
	const { sent, send } = scripted(clock, answers, latencyMs);
	const connection = connectionTo(clock, send, { limit, windowMs: 60_000 });
	/** So many reads, then the write. */
	const unit = async (reads: number) =>
		await runUnit(connection, reads + 1, async (of: Unit) => {
			for (let read = 0; read < reads; read++) await sendRequest(connection, { ...getRequest, unit: of });
			return await sendRequest(connection, { ...write, unit: of });
		});
	return { clock, sent, connection, unit };
}

test('a unit waits until all of its slots are free, so there is no wait between its read and its write', async () => {
	const { clock, sent, unit } = service([{}]);
	await clock.finish(Promise.all([unit(3), unit(3), unit(3)]));
	const times = sent.map(({ at }) => at);
	// Two units of 4 fit into 10 slots. The third begins when the window has 4.
	expect(times.slice(0, 8).every((at) => at < 1000)).toBe(true);
	expect(times[8]).toBeGreaterThanOrEqual(60_000);
	expect(times[11] - times[8]).toBeLessThan(1000);
});

test('a unit that is larger than the window continues as the window allows', async () => {
	const { clock, sent, unit } = service([{}], 2);
	await clock.finish(unit(3));
	expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'PATCH']);
});

test('slots that were not needed are free again', async () => {
	const { clock, sent, connection, unit } = service([{}]);
	await clock.finish(runUnit(connection, 10, async (of) => await sendRequest(connection, { ...getRequest, unit: of })));
	await clock.finish(unit(8));
	expect(sent.every(({ at }) => at < 1000)).toBe(true);
});

test.each<[string, Answer]>([
	['rejected', { statusCode: 429, headers: { 'retry-after': '5' } }],
	['answered with 503', { statusCode: 503 }],
	['cut off', { throws: { code: 'ECONNRESET' } }],
])('a write that was %s begins again with its reads', async (_, answer) => {
	const { clock, sent, unit } = service([{}, answer, {}]);
	await clock.finish(unit(1));
	expect(sent.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET', 'PATCH']);
});

test('the tries of a write are counted over its rounds, and then it fails as any request', async () => {
	const { clock, sent, unit } = service(
		[
			{},
			{ statusCode: 503 },
			{},
			{ statusCode: 503 },
			{},
			{ statusCode: 503 },
			{},
			{ statusCode: 503 },
			{},
			{ statusCode: 503 },
		],
		60,
	);
	await expect(clock.finish(unit(1))).rejects.toThrow('(5 attempts)');
	expect(sent.filter(({ method }) => method === 'PATCH')).toHaveLength(5);
});

test.each([
	[OLD_MS, false],
	[OLD_MS + 1, true],
])('a write that waited for %d ms after its read needs a new read: %p', (ms, isNeeded) => {
	const of = new Unit(2);
	of.open(2, 0);
	of.take();
	of.waited(ms);
	expect(of.mustRestart()).toBe(isNeeded);
});

test('a write never waits as long as other processes wait before they check theirs', () => {
	expect(OLD_MS).toBeLessThan(checkAfterMs(service([]).connection, false));
});

test('a pause of the key between a look and its write begins the unit again', async () => {
	const { clock, sent, connection } = service([{}]);
	let isFirst = true;
	await clock.finish(
		runUnit(connection, 2, async (of) => {
			await sendRequest(connection, { ...getRequest, unit: of });
			if (isFirst) {
				// Another execution is rejected.
				void connection.window.takeSlots({ executionKey: 'other', isUrgent: false });
				connection.window.rejected(clock.now(), 5000);
			}
			isFirst = false;
			return await sendRequest(connection, { ...write, unit: of });
		}),
	);
	expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
	expect(sent[2].at - sent[1].at).toBeLessThan(1000);
});

test('a read that had to be repeated for long makes the look old, so it is made again', async () => {
	const { clock, sent, connection } = service(
		[{}, { statusCode: 503 }, { statusCode: 503 }, { statusCode: 503 }, {}, {}],
		60,
	);
	await clock.finish(
		runUnit(connection, 2, async (of) => {
			await sendRequest(connection, { ...getRequest, unit: of });
			await sendRequest(connection, { ...getRequest, unit: of });
			return await sendRequest(connection, { ...write, unit: of });
		}),
	);
	const writes = sent.filter(({ method }) => method === 'PATCH');
	expect(writes).toHaveLength(1);
	// Directly before the write, both reads.
	expect(sent.slice(-3).map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
	expect(writes[0].at - sent[sent.length - 3].at).toBeLessThan(1000);
});

test('a unit only handles outdated reads, and passes on other errors', async () => {
	const { clock, connection } = service([{}]);
	await expect(
		clock.finish(runUnit(connection, 1, async () => await Promise.reject(new Error('mine')))),
	).rejects.toThrow('mine');
	let rounds = 0;
	await clock.finish(
		runUnit(connection, 1, async () => (rounds++ < 2 ? await Promise.reject(new Outdated(100)) : rounds)),
	);
	expect(rounds).toBe(3);
	// No place is lost on the way.
	expect(connection.window.freeSlots).toBe(10);
});

test('the queue serves executions in turn, and entries that were put back first', () => {
	const queue = new FairQueue<string>();
	for (const entry of ['a1', 'a2', 'a3']) queue.push('a', entry);
	queue.push('b', 'b1');
	expect([queue.first, queue.take(), queue.first, queue.take()]).toEqual(['a1', 'a1', 'b1', 'b1']);
	queue.putBack('a', 'again');
	expect([queue.take(), queue.take()]).toEqual(['again', 'a2']);
	expect(queue.remove((entry) => entry === 'a3')).toEqual(['a3']);
	expect(queue.isEmpty).toBe(true);
	for (let index = 0; index < 5000; index++) queue.push('c', String(index));
	for (let index = 0; index < 5000; index++) expect(queue.take()).toBe(String(index));
	expect(queue.take()).toBeUndefined();
});
