import fc from 'fast-check';
import { GaveUp } from '../../../nodes/shared/http/failures';
import { KeyWindow } from '../../../nodes/shared/http/keyWindow';
import { FakeClock } from '../../support/fakeClock';

const WINDOW_MS = 60_000;

function newWindow(limit: number, random = 0) {
	const clock = new FakeClock(() => random);
	const window = new KeyWindow(clock, WINDOW_MS);
	window.setLimit('credential', limit);
	return { clock, window };
}

interface Sent {
	/** When the service counted it: somewhere between sending and answer. */
	counted: number;
	sent: number;
	answered: number;
	asked: number;
}

/** Requests that arrive at some times, and are answered after some latencies. */
async function traffic(
	limit: number,
	arrivals: Array<{ afterMs: number; latencyMs: number; countedAt: number }>,
): Promise<Sent[]> {
	const { clock, window } = newWindow(limit);
	const log: Sent[] = [];
	const one = async (latencyMs: number, countedAt: number) => {
		const asked = clock.now();
		await window.takeSlots({ executionKey: 'x', isUrgent: false });
		const sent = clock.now();
		await clock.sleep(latencyMs);
		window.answered(sent);
		log.push({ asked, sent, counted: sent + latencyMs * countedAt, answered: clock.now() });
	};
	const work: Array<Promise<void>> = [];
	for (const { afterMs, latencyMs, countedAt } of arrivals) {
		await clock.advance(afterMs);
		work.push(one(latencyMs, countedAt));
	}
	await clock.finish(Promise.all(work));
	return log;
}

const arrival = fc.record({
	afterMs: fc.nat(30_000),
	latencyMs: fc.integer({ min: 1, max: 5000 }),
	countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
});
const pattern = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.array(arrival, { minLength: 1, maxLength: 25 }));

test('the service never counts more than the limit in any window, for any arrivals and latencies', async () => {
	await fc.assert(
		fc.asyncProperty(pattern, async ([limit, arrivals]) => {
			const counted = (await traffic(limit, arrivals)).map((entry) => entry.counted);
			for (const end of counted) {
				const inWindow = counted.filter((at) => at > end - WINDOW_MS && at <= end).length;
				expect(inWindow).toBeLessThanOrEqual(limit);
			}
		}),
	);
});

test('no request waits while the window has room', async () => {
	await fc.assert(
		fc.asyncProperty(pattern, async ([limit, arrivals]) => {
			const log = await traffic(limit, arrivals);
			for (const { asked, sent } of log) {
				if (sent === asked) continue;
				// Just before it went, all slots were held: on the wire, or answered less than a window ago.
				const justBefore = sent - 0.001;
				const held = log.filter((other) => other.sent < sent && other.answered + WINDOW_MS > justBefore).length;
				expect(held).toBeGreaterThanOrEqual(limit);
			}
		}),
	);
});

test('a burst up to the limit is sent at once, and the next request one window after the oldest answer', async () => {
	const log = await traffic(
		60,
		Array.from({ length: 62 }, (_, index) => ({ afterMs: 0, latencyMs: 100 + index, countedAt: 1 })),
	);
	const sent = log.map((entry) => entry.sent).sort((a, b) => a - b);
	expect(sent.slice(0, 60).every((at) => at === 0)).toBe(true);
	expect(sent.slice(60)).toEqual([WINDOW_MS + 100, WINDOW_MS + 101]);
});

test('an execution keeps its order, and executions take turns, so a single request never waits for a bulk', async () => {
	const { clock, window } = newWindow(2);
	const went: string[] = [];
	const ask = async (lane: string, name: string) => {
		await window.takeSlots({ executionKey: lane, isUrgent: false });
		went.push(name);
		await clock.sleep(1);
		window.answered(clock.now());
	};
	const bulk = Array.from({ length: 6 }, async (_, index) => await ask('bulk', `bulk${index}`));
	await clock.advance(10);
	const leaver = ask('leaver', 'leaver');
	await clock.finish(Promise.all([...bulk, leaver]));
	expect(went.filter((name) => name.startsWith('bulk'))).toEqual([
		'bulk0',
		'bulk1',
		'bulk2',
		'bulk3',
		'bulk4',
		'bulk5',
	]);
	expect(went.indexOf('leaver')).toBeLessThanOrEqual(3);
});

test('a rejection pauses the whole key, for as long as it asks', async () => {
	const { clock, window } = newWindow(60);
	await window.takeSlots({ executionKey: 'a', isUrgent: false });
	window.rejected(clock.now(), 7000);
	const wentAt = async (lane: string) => {
		await window.takeSlots({ executionKey: lane, isUrgent: false });
		window.answered(clock.now());
		return clock.now();
	};
	expect(await clock.finish(Promise.all([wentAt('a'), wentAt('b')]))).toEqual([7000, 7000]);
});

test('processes that were rejected together do not return together', async () => {
	const backAt = async (random: number) => {
		const { clock, window } = newWindow(60, random);
		await window.takeSlots({ executionKey: 'a', isUrgent: false });
		window.rejected(clock.now(), 7000);
		await clock.finish(window.takeSlots({ executionKey: 'a', isUrgent: false }));
		return clock.now();
	};
	expect([await backAt(0), await backAt(0.5), await backAt(0.999)]).toEqual([7000, 7600, expect.closeTo(8200, -1)]);
});

test('after a pause, one request is sent first, and the others after its answer', async () => {
	const { clock, window } = newWindow(60);
	await window.takeSlots({ executionKey: 'a', isUrgent: false });
	window.rejected(clock.now(), 7000);
	const went: number[] = [];
	const asks = Array.from({ length: 5 }, async () => {
		await window.takeSlots({ executionKey: 'a', isUrgent: false });
		went.push(clock.now());
		if (went.length > 2) window.answered(clock.now());
	});
	await clock.advance(7000);
	expect(went).toEqual([7000]);
	window.rejected(7000, 3000);
	await clock.advance(4000);
	expect(went).toEqual([7000, 10_000]);
	window.answered(10_000);
	await clock.finish(Promise.all(asks));
	expect(went).toEqual([7000, 10_000, 11_000, 11_000, 11_000]);
});

test('a first request without an answer delays the others by a few seconds only', async () => {
	const { clock, window } = newWindow(60);
	await window.takeSlots({ executionKey: 'a', isUrgent: false });
	window.rejected(clock.now(), 7000);
	await clock.finish(window.takeSlots({ executionKey: 'a', isUrgent: false }));
	await clock.finish(window.takeSlots({ executionKey: 'a', isUrgent: false }));
	expect(clock.now()).toBe(12_000);
});

test('without Retry-After the window is waited out', async () => {
	const { clock, window } = newWindow(60);
	await window.takeSlots({ executionKey: 'a', isUrgent: false });
	window.rejected(clock.now());
	await clock.finish(window.takeSlots({ executionKey: 'a', isUrgent: false }));
	expect(clock.now()).toBe(WINDOW_MS);
});

/** Sends this many requests, of which the service accepts 20 per window. Returns the times of all. */
async function withOthers(count: number) {
	const { clock, window } = newWindow(40);
	const accepted: number[] = [];
	const rejected: number[] = [];
	const one = async (isUrgent = false): Promise<void> => {
		await window.takeSlots({ executionKey: 'a', isUrgent });
		const sentAt = clock.now();
		await clock.sleep(100);
		const isFull = accepted.filter((at) => at > sentAt - WINDOW_MS).length >= 20;
		(isFull ? rejected : accepted).push(sentAt);
		if (!isFull) return window.answered(sentAt);
		window.rejected(sentAt, WINDOW_MS);
		await one(true);
	};
	await clock.finish(Promise.all(Array.from({ length: count }, async () => await one())));
	return { accepted, rejected, end: clock.now() };
}

test('a process to which others leave half of the limit uses this half, with few rejections after the first burst', async () => {
	const { rejected, end } = await withOthers(200);
	expect(rejected.filter((at) => at === 0)).toHaveLength(20);
	expect(rejected.filter((at) => at > 0).length).toBeLessThanOrEqual((2 * end) / WINDOW_MS);
	expect(end).toBeLessThan(12 * WINDOW_MS);
});

test('a rejected trial pauses no request within the share', async () => {
	const { accepted, rejected } = await withOthers(100);
	// The service asked for a pause of a window each time. The first one was honoured for the whole key.
	expect(rejected.filter((at) => at > 0).length).toBeGreaterThan(0);
	const waits = accepted.map((at, index) => at - (accepted[index - 1] ?? 0));
	expect(Math.max(...waits)).toBeLessThan(WINDOW_MS + 1000);
});

test('a key that other processes use starts at half of the limit, also if only one credential says so', () => {
	const { window } = newWindow(60);
	expect(window.freeSlots).toBe(60);
	window.setLimit('other', 60, true);
	expect(window.freeSlots).toBe(30);
});

test.each([
	[10, 60, true],
	[10, Infinity, false],
	[0, 1, false],
])(
	'with %d answered of a limit of %d, a rejection shows other users of the key: %j',
	async (answered, limit, isShown) => {
		const { clock, window } = newWindow(limit);
		for (let sent = 0; sent < answered; sent++) {
			await window.takeSlots({ executionKey: 'a', isUrgent: false });
			window.answered(clock.now());
		}
		expect(window.isUsedElsewhere).toBe(false);
		await window.takeSlots({ executionKey: 'a', isUrgent: false });
		window.rejected(clock.now());
		expect(window.isUsedElsewhere).toBe(isShown);
	},
);

test('of two credentials with one key, the lower rate applies', async () => {
	const { clock, window } = newWindow(60);
	window.setLimit('other', 1);
	await window.takeSlots({ executionKey: 'a', isUrgent: false });
	window.answered(clock.now());
	await clock.finish(window.takeSlots({ executionKey: 'b', isUrgent: false }));
	expect(clock.now()).toBe(WINDOW_MS);
});

test('who can wait for seconds only is told at once when that is not enough', async () => {
	const { clock, window } = newWindow(1);
	await window.takeSlots({ executionKey: 'a', isUrgent: false });
	window.answered(clock.now());
	await expect(
		clock.finish(window.takeSlots({ executionKey: 'picker', isUrgent: false, giveUpAfterMs: 10_000 })),
	).rejects.toThrow(GaveUp);
	expect(clock.now()).toBeLessThan(1000);
});

test('a cancelled entry leaves the queue at once, and delays no other', async () => {
	const { clock, window } = newWindow(1);
	await window.takeSlots({ executionKey: 'a', isUrgent: false });
	window.answered(clock.now());
	const controller = new AbortController();
	const cancelled = window.takeSlots({ executionKey: 'a', isUrgent: false, signal: controller.signal });
	const next = window.takeSlots({ executionKey: 'a', isUrgent: false });
	controller.abort();
	await expect(cancelled).rejects.toThrow('cancelled');
	await clock.finish(next);
	expect(clock.now()).toBe(WINDOW_MS);
});
