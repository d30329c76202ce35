import type { Outcome } from '../../../nodes/shared/http/outcome';
import { backoffMs, MAX_TRIES, nextStep, type Situation } from '../../../nodes/shared/http/retry';

const REJECTED: Outcome = { kind: 'rejected', status: 429, body: {}, retryAfterMs: 10_000 };
const BROKEN: Outcome = { kind: 'broken', status: 503, body: {} };
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
		rejectedForMs: 0,
		waitBudgetMs: 60_000,
		windowMs: 30_000,
		random: 1,
		...more,
	});

describe('a rejection', () => {
	test.each([
		[0, 'pause'],
		[49_999, 'pause'],
		[50_000, 'pause'],
		[50_001, 'fail'],
	])('after %d ms without an answer, with a budget of 60 s: %s', (rejectedForMs, expected) =>
		expect(step(REJECTED, { rejectedForMs }).do).toBe(expected),
	);

	test('without Retry-After waits out the window', () => {
		const outcome: Outcome = { kind: 'rejected', status: 420, body: {} };
		expect(step(outcome)).toEqual({ do: 'pause', forMs: 30_000 });
		expect(step(outcome, { rejectedForMs: 30_001 }).do).toBe('fail');
	});

	test('is waited for however often a request was tried, and whether it may be repeated or not', () =>
		expect(step(REJECTED, { tries: 99, isRepeatable: false }).do).toBe('pause'));
});

describe('an answer that did not come, or is not usable', () => {
	test.each<[string, Outcome, Partial<Situation>, string]>([
		['5xx, repeatable', BROKEN, {}, 'repeat'],
		['5xx, not repeatable', BROKEN, { isRepeatable: false }, 'fail'],
		['lost, not repeatable', noAnswer(true), { isRepeatable: false }, 'fail'],
		['never arrived, not repeatable', noAnswer(false), { isRepeatable: false }, 'repeat'],
		['not transient', noAnswer(false, false), {}, 'fail'],
		['the last try but one', BROKEN, { tries: MAX_TRIES - 1 }, 'repeat'],
		['the last try', BROKEN, { tries: MAX_TRIES }, 'fail'],
		['a redirect', { kind: 'redirect', status: 302, target: 'x' }, {}, 'fail'],
		['an answer', { kind: 'answer', status: 422, body: {} }, {}, 'return'],
	])('%s', (_, outcome, more, expected) => expect(step(outcome, more).do).toBe(expected));

	test('waits longer with each try, with full jitter, up to 8 s', () => {
		expect([1, 2, 3, 4, 5, 9].map((tries) => backoffMs(tries, 1))).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
		expect(backoffMs(3, 0)).toBe(0);
	});
});
