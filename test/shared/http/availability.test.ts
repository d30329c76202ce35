import { Availability } from '../../../nodes/shared/http/availability';
import type { Unusable } from '../../../nodes/shared/http/outcome';
import { FakeClock } from '../../support/fakeClock';

const WINDOW_MS = 60_000;
const away: Unusable = { kind: 'broken', status: 503, body: {} };

function newAvailability() {
	const clock = new FakeClock(() => 0.5);
	return { clock, availability: new Availability(clock, WINDOW_MS) };
}

/** A key that paused from 1 s to 8 s. The probe was sent at 8 s, and the time is 9 s. */
async function withProbe() {
	const { clock, availability } = newAvailability();
	await clock.advance(1000);
	availability.rejected({ sentAt: 900, askedMs: 7000, pauseMs: 7000 });
	await clock.advance(7000);
	availability.sent();
	await clock.advance(1000);
	return { clock, availability };
}

test('a rejection beyond the share is a stop without a pause, and uses up no budget', () => {
	const { availability } = newAvailability();
	availability.rejected({ sentAt: 0, askedMs: 7000 });
	const { stops, waitMs, isOpen, usesBudgets } = availability;
	expect({ stops, waitMs, isOpen, usesBudgets }).toEqual({ stops: 1, waitMs: 0, isOpen: true, usesBudgets: false });
});

test('a shorter pause does not shorten the one before it', () => {
	const { availability } = newAvailability();
	for (const ms of [7000, 3000]) availability.rejected({ sentAt: 0, askedMs: ms, pauseMs: ms + 500 });
	expect([availability.askedForMs, availability.pauseLeftMs]).toEqual([7000, 7500]);
});

test('only the first of several rejections may ask for no wait', () => {
	const { availability } = newAvailability();
	expect(availability.askedWaitMs(0)).toBe(0);
	availability.rejected({ sentAt: 0, askedMs: 0, pauseMs: 0 });
	expect([0, 5000, undefined].map((ms) => availability.askedWaitMs(ms))).toEqual([1000, 5000, undefined]);
	availability.answered(0);
	expect(availability.askedWaitMs(0)).toBe(0);
});

test.each([
	['from before the probe', 7999, false],
	['to the probe', 8000, true],
	['to a request after the probe', 8500, true],
])('an answer %s opens the key: %p', async (_, sentAt, isOpen) => {
	const { availability } = await withProbe();
	availability.answered(sentAt);
	expect([availability.isOpen, availability.waitMs]).toEqual([isOpen, isOpen ? 0 : 4000]);
});

test('a probe that was cancelled tells nothing, so the next request is a probe again', async () => {
	const { availability } = await withProbe();
	availability.ended(7999);
	expect([availability.isOpen, availability.waitMs]).toEqual([false, 4000]);
	availability.ended(8000);
	expect([availability.isOpen, availability.waitMs]).toEqual([false, 0]);
	availability.sent();
	availability.answered(9000);
	expect(availability.isOpen).toBe(true);
});

test.each([
	['ends before the pause that the service asks for', 6999, 0, true],
	['ends with the pause that the service asks for', 7000, 0, false],
	['is over by less than the addition to the pause', 7000, 8200, false],
	['is over by more than the addition to the pause', 7000, 8201, true],
])('the budget of a run is spent if it %s (%d ms, at %d ms): %p', async (_, ms, now, isSpent) => {
	const { clock, availability } = newAvailability();
	availability.rejected({ sentAt: 0, askedMs: 7000, pauseMs: 7600 });
	await clock.advance(now);
	expect(availability.isSpent({ ms, beganAt: 0 })).toBe(isSpent);
	expect(availability.isSpent(undefined)).toBe(false);
});

test('rejections that follow an outage use up the same time', async () => {
	const { clock, availability } = newAvailability();
	for (const sentAt of [0, 1]) availability.unanswered(away, { sentAt, isHostKnown: true });
	await clock.advance(5000);
	availability.rejected({ sentAt: 4000, askedMs: 7000, pauseMs: 7000 });
	expect([availability.isAway, availability.troubledForMs]).toEqual([false, 5000]);
});

test.each([
	[100, true],
	[101, false],
])(
	'for a run that began at %d ms, an outage whose last failed try was at 100 ms is on: %p',
	async (beganAt, isAway) => {
		const { clock, availability } = newAvailability();
		await clock.advance(100);
		for (const sentAt of [0, 1]) availability.unanswered(away, { sentAt, isHostKnown: true });
		availability.forgetOutageBefore(beganAt);
		expect(availability.isAway).toBe(isAway);
	},
);
