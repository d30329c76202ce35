import type { Outcome } from '../../../nodes/shared/http/outcome';
import { backoffMs, MAX_TRIES, nextStep, type Situation } from '../../../nodes/shared/http/retry';

const REJECTED: Outcome = { kind: 'rejected', status: 429, body: {}, retryAfterMs: 10_000 };
const broken = (status: number, retryAfterMs?: number): Outcome => ({ kind: 'broken', status, body: {}, retryAfterMs });
const noAnswer = (mayHaveArrived: boolean, isTransient = true): Outcome => ({
	kind: 'noAnswer',
	code: 'ECONNRESET',
	mayHaveArrived,
	isTransient,
});

const step = (outcome: Outcome, more: Partial<Situation> = {}) =>
	nextStep({
		outcome,
		tries: 1,
		isRepeatable: true,
		isAway: false,
		waitBudgetMs: 60_000,
		random: 1,
		...more,
	});

test('a rejection is waited for however often a request was tried, and whether it may be repeated or not', () =>
	expect(step(REJECTED, { tries: 99, isRepeatable: false }).do).toBe('wait'));

describe('an answer that did not come, or is not usable', () => {
	test.each<[string, Outcome, Partial<Situation>, string]>([
		['5xx, repeatable', broken(503), {}, 'repeat'],
		['5xx, not repeatable', broken(503), { isRepeatable: false }, 'fail'],
		['lost, not repeatable', noAnswer(true), { isRepeatable: false }, 'fail'],
		['never arrived, not repeatable', noAnswer(false), { isRepeatable: false }, 'repeat'],
		['not transient', noAnswer(false, false), {}, 'fail'],
		['the last try but one', broken(503), { tries: MAX_TRIES - 1 }, 'repeat'],
		['the last try', broken(503), { tries: MAX_TRIES }, 'fail'],
		['a redirect', { kind: 'redirect', status: 302, target: 'x' }, {}, 'fail'],
		['an answer', { kind: 'answer', status: 422, body: {} }, {}, 'return'],
		['408, repeatable', broken(408), {}, 'repeat'],
		['408, not repeatable', broken(408), { isRepeatable: false }, 'fail'],
		['503 in an outage, after any number of tries', broken(503), { isAway: true, tries: 99 }, 'wait'],
		['lost in an outage, repeatable', noAnswer(true), { isAway: true, tries: 99 }, 'wait'],
		['lost in an outage, not repeatable', noAnswer(true), { isAway: true, isRepeatable: false }, 'fail'],
		['never arrived in an outage', noAnswer(false), { isAway: true, isRepeatable: false, tries: 99 }, 'wait'],
		['500 in an outage, the last try', broken(500), { isAway: true, tries: MAX_TRIES }, 'fail'],
		['TLS in an outage', noAnswer(false, false), { isAway: true }, 'fail'],
	])('%s', (_, outcome, more, expected) => expect(step(outcome, more).do).toBe(expected));

	test('waits longer with each try, with full jitter, up to 8 s', () => {
		expect([1, 2, 3, 4, 5, 9].map((tries) => backoffMs(tries, 1))).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
		expect(backoffMs(3, 0)).toBe(0);
	});

	test('waits as long as a 503 asks, but not longer than the run may wait', () => {
		expect(step(broken(503, 20_000))).toEqual({ do: 'repeat', afterMs: 20_000 });
		expect(step(broken(503, 100))).toEqual({ do: 'repeat', afterMs: 500 });
		expect(step(broken(503, 60_001))).toEqual({ do: 'fail' });
	});
});
