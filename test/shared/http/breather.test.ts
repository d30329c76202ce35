import { Breather } from '../../../nodes/shared/http/breather';
import { CountingClock } from '../../support/countingClock';

test.each([
	[1000, 1, 46],
	[1000, 25, 1000],
	[15, 1, 0],
])('%i rows of %i ms give way %i times', async (rows, ms, sleeps) => {
	const clock = new CountingClock(ms);
	const breather = new Breather(clock);
	for (let row = 0; row < rows; row++) await breather.breathe();
	// A look at the clock after each sleep takes its time as well.
	expect(Math.abs(clock.sleeps - sleeps)).toBeLessThanOrEqual(4);
});
