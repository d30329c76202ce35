import { Allowance } from '../../../nodes/shared/http/allowance';

const WINDOW = 60_000;
const LIMIT = 60;

/** After a rejection at time 0 of a request that was just sent; `own` were counted in the last window. */
function lowered(own: number): Allowance {
	const allowance = new Allowance(WINDOW);
	allowance.rejected(0, { sentAt: 0, limit: LIMIT, own });
	return allowance;
}

test('without a rejection, the limit is allowed', () => expect(new Allowance(WINDOW).within(LIMIT)).toBe(LIMIT));

test.each([
	[0, 30],
	[37, 30],
	[38, 30],
	[40, 32],
	[60, 48],
])('with %d requests of its own in the last window, a rejection lowers it to %d', (own, left) =>
	expect(lowered(own).within(LIMIT)).toBe(left),
);

test('it never falls below one request', () => {
	const allowance = new Allowance(WINDOW);
	allowance.rejected(0, { sentAt: 0, limit: 1, own: 0 });
	expect(allowance.within(1)).toBe(1);
});

test('a burst of rejections lowers it once, and again only after an answer', () => {
	const allowance = lowered(0);
	allowance.rejected(1, { sentAt: 1, limit: LIMIT, own: 0 });
	expect(allowance.within(LIMIT)).toBe(30);
	allowance.answered(2, LIMIT);
	// It was sent before the allowance was lowered.
	allowance.rejected(3, { sentAt: -1, limit: LIMIT, own: 0 });
	expect(allowance.within(LIMIT)).toBe(30);
	allowance.rejected(4, { sentAt: 3, limit: LIMIT, own: 0 });
	expect(allowance.within(LIMIT)).toBe(15);
});

test.each([
	[1, 32],
	[2, 36],
	[3, 42],
	[4, 50],
	[5, 60],
	[6, 60],
])('after %d windows without a rejection it is %d', (windows, allowed) => {
	const allowance = lowered(0);
	for (let window = 1; window <= windows; window++) allowance.answered(window * WINDOW, LIMIT);
	expect(allowance.within(LIMIT)).toBe(allowed);
});

test('it rises once per window', () => {
	const allowance = lowered(0);
	allowance.answered(WINDOW - 1, LIMIT);
	expect(allowance.within(LIMIT)).toBe(30);
	allowance.answered(WINDOW, LIMIT);
	allowance.answered(WINDOW + 1, LIMIT);
	expect(allowance.within(LIMIT)).toBe(32);
});
