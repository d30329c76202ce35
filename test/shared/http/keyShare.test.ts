import fc from 'fast-check';
import { KeyShare, type WindowState } from '../../../nodes/shared/http/keyShare';

const WINDOW = 60_000;
const LIMIT = 60;

function newShare({ isShared = false, random = 0.5 } = {}): KeyShare {
	const share = new KeyShare(WINDOW, () => random);
	share.isShared = isShared;
	return share;
}

const at = (now: number, used: number, limit = LIMIT): WindowState => ({ now, limit, used });

/** A share after a rejection at time 0, when the service had accepted `used` requests. */
function lowered(used: number, random = 0.5): KeyShare {
	const share = newShare({ random });
	share.rejected(at(0, used), 0, undefined);
	return share;
}

/** Sends trials at `now` until the service rejects one or there is no more room. Returns the numbers of requests. */
function trials(share: KeyShare, now: number, used: number, room: number): { accepted: number; rejected: number } {
	let [accepted, rejected] = [0, 0];
	for (;;) {
		let inFlight = 0;
		while (share.trialWaitMs(at(now, used + inFlight), 1) === 0) share.sent(at(now, used + ++inFlight));
		if (inFlight === 0) return { accepted, rejected };
		for (; inFlight > 0; inFlight--) {
			if (accepted < room) {
				accepted++;
				share.answered(at(now, used + inFlight), now);
				used++;
			} else {
				rejected++;
				share.rejected(at(now, used + inFlight - 1), now, undefined);
			}
		}
	}
}

describe('without a rejection', () => {
	test('the share is the whole limit, and nothing is tried beyond it', () => {
		const share = newShare();
		for (const now of [0, WINDOW, 10 * WINDOW]) {
			share.answered(at(now, 60), now);
			expect([share.size(at(now, 60)), share.trialWaitMs(at(now, 60), 1)]).toEqual([LIMIT, Infinity]);
		}
	});
});

describe('the first rejection', () => {
	test.each([
		[0, 1],
		[1, 1],
		[29, 29],
		[59, 59],
	])('with %d requests accepted, the share is %d', (used, size) => expect(lowered(used).size(at(0, used))).toBe(size));

	test.each([
		[undefined, WINDOW],
		[7000, 7000],
		[0, 0],
	])('pauses the key as long as the service asks: Retry-After %s', (retryAfterMs, pauseMs) =>
		expect(newShare().rejected(at(0, 30), 0, retryAfterMs)).toBe(pauseMs),
	);

	test('costs one place more with each other rejection of the same burst, without a longer pause', () => {
		const share = lowered(19);
		expect([18, 17, 16].map((used) => share.rejected(at(10, used), -1, 60_000))).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		expect(share.size(at(10, 16))).toBe(16);
	});
});

describe('a rejection within the share', () => {
	test('costs one place and no pause while other requests are answered', () => {
		const share = lowered(30);
		share.answered(at(WINDOW, 30), WINDOW);
		expect(share.rejected(at(WINDOW + 1, 20), WINDOW, 60_000)).toBeUndefined();
		expect(share.size(at(WINDOW + 1, 20))).toBe(29);
	});

	test('pauses the key if no request was answered since the rejection before', () => {
		const share = lowered(30, 0);
		expect(share.rejected(at(1, 20), 1, 5000)).toBe(5000);
		expect(share.rejected(at(6000, 10), 5001, undefined)).toBe(WINDOW);
	});

	test('pauses processes that lost all their places for different times', () => {
		const pauses = [0, 0.5].map((random) => newShare({ random }).rejected(at(0, 0), 0, 7000));
		expect(pauses).toEqual([7000, 7600]);
	});

	test('lowers a share that was not used for long to what the service accepts now', () => {
		const share = lowered(30);
		share.answered(at(WINDOW, 30), WINDOW);
		share.rejected(at(10 * WINDOW, 4), 10 * WINDOW, undefined);
		expect(share.size(at(10 * WINDOW, 4))).toBe(4);
	});
});

describe('a trial', () => {
	test('waits until the processes have begun their next window', () => {
		const share = lowered(30);
		expect(share.trialWaitMs(at(0, 30), 1)).toBe(1.075 * WINDOW);
		expect(share.trialWaitMs(at(2 * WINDOW, 30), 1)).toBe(0);
	});

	test('is one request, and the next one waits for its answer', () => {
		const share = lowered(30);
		share.sent(at(2 * WINDOW, 31));
		expect(share.trialWaitMs(at(2 * WINDOW, 31), 1)).toBe(Infinity);
	});

	test('is a whole unit if a unit is next', () =>
		expect([3, 4].map((used) => lowered(3).trialWaitMs(at(2 * WINDOW, used), 4))).toEqual([0, Infinity]));

	test.each([
		[60, 1.5 * WINDOW],
		[240, 0.75 * WINDOW],
		[1, 4 * WINDOW],
	])('at a limit of %d comes again after %d ms if it was rejected, and stops nothing else', (limit, ms) => {
		const share = newShare();
		share.rejected(at(0, 0, limit), 0, 0);
		const now = 10 * WINDOW;
		const { pauseMs, waitMs } = {
			pauseMs: share.rejected(at(now, 1, limit), now, 0),
			waitMs: share.trialWaitMs(at(now, 1, limit), 1),
		};
		expect(pauseMs).toBeUndefined();
		if (limit > 1) expect(waitMs).toBeCloseTo(ms);
	});

	test('does not come before the time that the service asks for', () => {
		const share = lowered(4);
		share.rejected(at(2 * WINDOW, 4), 2 * WINDOW, 3 * WINDOW);
		expect(share.trialWaitMs(at(2 * WINDOW, 4), 1)).toBe(3 * WINDOW);
	});

	test('that is accepted is followed by more, up to the limit in one go', () => {
		const share = lowered(7);
		expect(trials(share, 2 * WINDOW, 7, Infinity)).toEqual({ accepted: 53, rejected: 0 });
		expect([share.size(at(2 * WINDOW, 60)), share.trialWaitMs(at(2 * WINDOW, 60), 1)]).toEqual([60, Infinity]);
	});

	test.each([
		[1, 1],
		[5, 1],
		[20, 6],
		[40, 13],
	])('finds the room of %d requests, with at most %d rejections', (room, most) => {
		const share = lowered(4);
		const { accepted, rejected } = trials(share, 2 * WINDOW, 4, room);
		expect(accepted).toBe(room);
		expect(rejected).toBeLessThanOrEqual(most);
		expect(share.size(at(2 * WINDOW, 4 + room))).toBeLessThanOrEqual(4 + room);
		expect(share.size(at(2 * WINDOW, 4 + room))).toBeGreaterThanOrEqual(Math.floor((4 + room) * 0.85));
	});

	test('comes at once when the key is answered again after a pause', () => {
		const share = lowered(0);
		share.answered(at(WINDOW, 1), WINDOW);
		expect(share.trialWaitMs(at(WINDOW, 1), 1)).toBe(0);
	});
});

describe('if a trial is rejected', () => {
	/** What a share of this size gives up per window. */
	function givenUp(size: number, random: number): number {
		const share = lowered(size, random);
		share.rejected(at(2 * WINDOW, size), 2 * WINDOW, undefined);
		return size - share.size(at(2 * WINDOW, size));
	}

	test.each([
		[6, 0],
		[30, 2],
		[58, 8],
	])('a share of %d gives up %d', (size, places) => expect(givenUp(size, 0.5)).toBe(places));

	test('a share of a tenth of the limit never gives up anything', () => expect(givenUp(6, 0.999)).toBe(0));

	test('the smallest part of a place is given up now and then', () =>
		expect([0, 0.999].map((random) => givenUp(10, random))).toEqual([0, 1]));
});

describe('with other processes known', () => {
	test('it starts at half of the limit, and tries for more after half a window', () => {
		const share = newShare({ isShared: true });
		expect([share.size(at(0, 0)), share.trialWaitMs(at(0, 30), 1)]).toEqual([30, WINDOW / 2]);
	});

	test('it leaves room for one that starts', () => {
		const share = newShare({ isShared: true });
		share.size(at(0, 0));
		expect(trials(share, WINDOW, 30, Infinity).accepted).toBe(27);
		expect(share.size(at(WINDOW, 57))).toBe(57);
	});

	test('it finds out now and then whether the room is still free, and does not stay in it', () => {
		const share = newShare({ isShared: true });
		share.size(at(0, 0));
		trials(share, WINDOW, 30, Infinity);
		expect(trials(share, 2.5 * WINDOW, 57, Infinity).accepted).toBe(1);
		expect(share.size(at(2.5 * WINDOW, 58))).toBe(57);
	});

	test('it starts at half again after a window without a request', () => {
		const share = newShare({ isShared: true });
		share.size(at(0, 0));
		trials(share, WINDOW, 30, Infinity);
		expect([share.size(at(1.9 * WINDOW, 0)), share.size(at(2 * WINDOW, 0))]).toEqual([57, 30]);
	});

	test.each([1, 2])('a limit of %d leaves one request', (limit) =>
		expect(newShare({ isShared: true }).size(at(0, 0, limit))).toBe(1),
	);
});

test('the share is a whole number from 1 to the limit, whatever the service answers', () => {
	const event = fc.record({
		afterMs: fc.nat(2 * WINDOW),
		used: fc.double({ min: 0, max: 1, noNaN: true }),
		isAnswered: fc.boolean(),
		latencyMs: fc.nat(5000),
		retryAfterMs: fc.option(fc.nat(2 * WINDOW), { nil: undefined }),
		random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	});
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 700 }),
			fc.boolean(),
			fc.array(event, { maxLength: 60 }),
			(limit, isShared, events) => {
				let random = 0;
				const share = new KeyShare(WINDOW, () => random);
				share.isShared = isShared;
				let now = 0;
				for (const { afterMs, used, isAnswered, latencyMs, retryAfterMs, ...chance } of events) {
					now += afterMs;
					({ random } = chance);
					const state = at(now, Math.floor(used * (limit + (isAnswered ? 1 : 0))), limit);
					share.sent(at(now, Math.min(limit, state.used + 1), limit));
					const pauseMs = isAnswered ? 0 : (share.rejected(state, now - latencyMs, retryAfterMs) ?? 0);
					if (isAnswered) share.answered(state, now - latencyMs);
					expect(pauseMs).toBeGreaterThanOrEqual(0);
					const size = share.size(state);
					expect([Number.isInteger(size), size >= 1, size <= limit]).toEqual([true, true, true]);
					expect(share.trialWaitMs(at(now, limit, limit), 1)).toBe(Infinity);
				}
			},
		),
	);
});
