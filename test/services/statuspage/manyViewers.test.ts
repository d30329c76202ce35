import { changeViewersOfGroup } from '../../../nodes/services/statuspage/membership';
import type { Change } from '../../../nodes/shared/client/changes';
import { FakeClock } from '../../support/fakeClock';
import { SharedGroups } from '../../support/sharedGroup';

/** Counts yields, i.e. sleeps without a time. */
class YieldClock extends FakeClock {
	yields = 0;

	override async sleep(ms: number): Promise<void> {
		if (ms === 0) this.yields++;
		await super.sleep(ms);
	}
}

async function changed(change: Change, count: number) {
	const clock = new YieldClock();
	const service = new SharedGroups(clock, () => 0.5, 10);
	const ids = Array.from({ length: count }, (_, index) => `viewer${index}`);
	for (const id of change === 'add' ? ['other1', 'other2'] : ['other1', 'other2', ...ids])
		service.group('group').add(id);
	const result = await clock.finish(changeViewersOfGroup(service.process('process'), 'page', 'group', ids, change));
	return { result, members: service.group('group'), yields: clock.yields };
}

/** The yields by change and number of viewers. Lists under 1,000 viewers cause none. */
test.each<[Change, number, number]>([
	['add', 900, 0],
	['add', 1001, 14],
	['remove', 900, 0],
	['remove', 1001, 9],
])('after a step over many viewers, other executions may run: %s %i', async (change, count, expected) => {
	const { result, members, yields } = await changed(change, count);
	expect([result.done.length, result.failed.length, members.size]).toEqual([
		count,
		0,
		change === 'add' ? count + 2 : 2,
	]);
	expect(yields).toBe(expected);
});
