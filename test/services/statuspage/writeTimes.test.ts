import { checkAfterMs } from '../../../nodes/services/statuspage/checkedChange';
import { longestWriteMs, noteWriteTime } from '../../../nodes/services/statuspage/writeTimes';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo } from '../../support/fakeService';

function newConnection() {
	const clock = new FakeClock();
	return { clock, connection: connectionTo(clock, async () => ({ statusCode: 200, headers: {}, body: {} })) };
}

/** Writes that took so long, one after the other. */
async function write({ clock, connection }: ReturnType<typeof newConnection>, ...times: number[]): Promise<void> {
	for (const ms of times) {
		const readAt = clock.now();
		await clock.advance(ms);
		noteWriteTime(connection, readAt);
	}
}

test.each([
	[[], 300],
	[[20], 300],
	[[300], 300],
	[[400], 600],
	[[400, 100, 200], 600],
	[[200, 1000, 100], 1500],
	[[30_000], 5000],
])('after writes of %p ms, a check comes after %d ms, and that of a removal a second later', async (times, ms) => {
	const process = newConnection();
	await write(process, ...times);
	expect([false, true].map((isRemoval) => checkAfterMs(process.connection, isRemoval))).toEqual([ms, ms + 1000]);
});

test('a slow write is forgotten after a minute, and shorter ones after it count again', async () => {
	const process = newConnection();
	await write(process, 800);
	await process.clock.advance(30_000);
	await write(process, 500);
	await process.clock.advance(29_000);
	expect(longestWriteMs(process.connection)).toBe(800);
	await process.clock.advance(1000);
	expect(longestWriteMs(process.connection)).toBe(500);
	await process.clock.advance(60_000);
	expect(longestWriteMs(process.connection)).toBe(0);
});

test('all runs with a key share the times, and other keys do not', async () => {
	const [one, other] = [newConnection(), newConnection()];
	await write(one, 800);
	expect(longestWriteMs({ ...one.connection })).toBe(800);
	expect(longestWriteMs(other.connection)).toBe(0);
});
