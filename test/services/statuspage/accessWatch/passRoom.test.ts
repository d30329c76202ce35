import { PassRoom } from '../../../../nodes/services/statuspage/accessWatch/passRoom';
import { KeyWindow } from '../../../../nodes/shared/http/keyWindow';
import { FakeClock } from '../../../support/fakeClock';

function windowWith(clock: FakeClock, limit: number): KeyWindow {
	const window = new KeyWindow(clock, 60_000);
	window.setLimit('credential', limit);
	return window;
}

/** Requests that a pass can send now. */
function sendAll(room: PassRoom): number {
	let sent = 0;
	for (; room.waitMs === 0; sent++) room.take();
	return sent;
}

test('passes take half of the window, together', async () => {
	const clock = new FakeClock();
	const window = windowWith(clock, 60);
	expect(sendAll(new PassRoom(window, clock))).toBe(30);
	// Another node with the same key.
	expect(sendAll(new PassRoom(window, clock))).toBe(0);
	await clock.advance(59_999);
	expect(new PassRoom(window, clock).waitMs).toBe(1);
	await clock.advance(1);
	expect(sendAll(new PassRoom(window, clock))).toBe(30);
	expect(sendAll(new PassRoom(windowWith(clock, 60), clock))).toBe(30);
});

test.each([
	[1, 1],
	[3, 1],
	[100, 50],
])('of %i requests per window, %i are for passes', (limit, most) => {
	const clock = new FakeClock();
	expect(sendAll(new PassRoom(windowWith(clock, limit), clock))).toBe(most);
});
