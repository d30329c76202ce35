import { breatheAfter } from '../../../nodes/shared/http/breatheAfter';
import { FakeClock } from '../../support/fakeClock';

/** Counts turns, i.e. sleeps. */
class TurnClock extends FakeClock {
	turns = 0;

	override async sleep(ms: number): Promise<void> {
		await super.sleep(ms);
		this.turns++;
	}
}

/** The turn of each step, if all wait at the same time. */
async function turnsOf(rows: number[]): Promise<number[]> {
	const clock = new TurnClock();
	const steps = rows.map(async (count) => {
		await breatheAfter(count, clock);
		return clock.turns;
	});
	return await clock.finish(Promise.all(steps));
}

test.each([
	['short lists do not yield', [0, 1, 999], [0, 0, 0]],
	['short steps share a turn', [1000, 5000, 14_000], [1, 1, 1]],
	['a turn has at most 20,000 rows', [15_000, 5000, 1000], [1, 1, 2]],
	['long steps have a turn each', [100_000, 100_000, 1000, 100_000], [1, 2, 3, 4]],
	['a step that needs no turn does not wait for others', [100_000, 100_000, 10], [1, 2, 0]],
])('%s', async (_, rows, turns) => {
	expect(await turnsOf(rows)).toEqual(turns);
});

test('a step after a pause gets a turn again', async () => {
	const clock = new TurnClock();
	await clock.finish(breatheAfter(1000, clock));
	await clock.finish(breatheAfter(1000, clock));
	expect(clock.turns).toBe(2);
});
