import { Breather } from '../../../nodes/shared/http/breather';
import { CountingClock } from '../../support/countingClock';
import { FakeClock } from '../../support/fakeClock';

test.each([
	[1000, 1, 46],
	[1000, 25, 1000],
	[15, 1, 0],
	[10_000, 0, 10],
	[999, 0, 0],
])('%i rows of %i ms yield %i times', async (rows, ms, sleeps) => {
	const clock = new CountingClock(ms);
	const breather = new Breather(clock);
	for (let row = 0; row < rows; row++) await breather.breathe();
	// A look at the clock after each sleep takes its time as well.
	expect(Math.abs(clock.sleeps - sleeps)).toBeLessThanOrEqual(4);
});

test('loops that share one yield together, so they do not wake up one after the other', async () => {
	const clock = new FakeClock();
	let sleeps = 0;
	const sleep = clock.sleep.bind(clock);
	clock.sleep = async (ms) => {
		sleeps++;
		await sleep(ms);
	};
	const breather = new Breather(clock);
	let rows = 0;
	const loop = async () => {
		for (let row = 0; row < 500; row++) {
			await breather.breathe();
			rows++;
		}
	};
	const loops = Array.from({ length: 20 }, loop);
	await clock.finish(Promise.all(loops));
	expect(rows).toBe(10_000);
	expect(sleeps).toBeGreaterThanOrEqual(9);
	expect(sleeps).toBeLessThanOrEqual(11);
});
