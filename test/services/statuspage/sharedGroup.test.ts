import fc from 'fast-check';
import { changeViewersOfGroup } from '../../../nodes/services/statuspage/membership';
import type { ChangeResult } from '../../../nodes/shared/client/changes';
import { FakeClock } from '../../support/fakeClock';
import { randomNumbers, SharedGroups } from '../../support/sharedGroup';
import { numRuns } from '../../support/runs';

const OLD = ['member0v0001', 'member0v0002', 'member0v0003'];

interface Job {
	change: 'add' | 'remove';
	ids: string[];
	result: ChangeResult;
}

interface Round {
	jobs: Job[];
	members: Set<string>;
	log: SharedGroups['log'];
}

/** Several processes change one group at the same time. */
async function round(
	seed: number,
	{ latencyMs, spreadMs, members }: { latencyMs: number; spreadMs: number; members: string[] },
	jobs: Array<Pick<Job, 'change' | 'ids'>>,
	isShared = false,
): Promise<Round> {
	const random = randomNumbers(seed);
	const clock = new FakeClock(random);
	const service = new SharedGroups(clock, random, latencyMs);
	for (const id of members) service.group('group').add(id);
	const work = jobs.map(async ({ change, ids }, index) => {
		await clock.sleep(random() * spreadMs);
		const api = service.process(`process${index}`, isShared);
		return { change, ids, result: await changeViewersOfGroup(api, 'page', 'group', ids, change) };
	});
	return { jobs: await clock.finish(Promise.all(work)), members: service.group('group'), log: service.log };
}

const idsOf = (process: number) => [1, 2, 3].map((index) => `viewer${process}v000${index}`);
const times = fc.record({
	latencyMs: fc.integer({ min: 2, max: 120 }),
	spreadMs: fc.constantFrom(0, 30, 100, 400),
	members: fc.constant(OLD),
});

test.each([2, 4])('what %d processes add to one group is in it, or its item has failed', async (processes) => {
	let failed = 0;
	let total = 0;
	await fc.assert(
		fc.asyncProperty(fc.nat(), times, async (seed, given) => {
			const jobs = Array.from({ length: processes }, (_, process) => ({
				change: 'add' as const,
				ids: idsOf(process),
			}));
			const after = await round(seed, given, jobs);
			expect([...after.members]).toEqual(expect.arrayContaining(OLD));
			for (const { ids, result } of after.jobs) {
				expect([...result.done, ...result.failed.map(({ id }) => id)].sort()).toEqual(ids);
				expect([...after.members]).toEqual(expect.arrayContaining(result.done));
				failed += result.failed.length;
				total += ids.length;
			}
		}),
		{ numRuns: numRuns(0.4) },
	);
	expect(failed / total).toBeLessThanOrEqual(0.02);
});

interface Mix {
	name: string;
	members: string[];
	jobs: Array<Pick<Job, 'change' | 'ids'>>;
}

const [abc, def] = [idsOf(1), idsOf(2)];
const MIXES: Mix[] = [
	{
		name: 'new viewers',
		members: [],
		jobs: [
			{ change: 'add', ids: abc },
			{ change: 'remove', ids: abc },
		],
	},
	{
		name: 'members',
		members: abc,
		jobs: [
			{ change: 'add', ids: [...abc, ...def] },
			{ change: 'remove', ids: abc },
		],
	},
	{
		name: 'some of them',
		members: OLD.slice(0, 1),
		jobs: [
			{ change: 'add', ids: abc },
			{ change: 'remove', ids: abc.slice(1) },
		],
	},
	{
		name: 'new viewers, beside two other processes',
		members: OLD.slice(0, 1),
		jobs: [
			{ change: 'add', ids: abc },
			{ change: 'remove', ids: abc },
			{ change: 'add', ids: def },
			{ change: 'remove', ids: def },
		],
	},
	{
		name: 'members, beside two other processes',
		members: abc,
		jobs: [
			{ change: 'add', ids: [...abc, ...idsOf(3)] },
			{ change: 'remove', ids: abc },
			{ change: 'add', ids: def },
			{ change: 'remove', ids: OLD.slice(0, 2) },
		],
	},
];

/** True if the job began with a read after the other one had written, so it is a later change and no conflict. */
function isLater({ log }: Round, job: number, other: number): boolean {
	const read = log.findIndex(({ process }) => process === `process${job}`);
	const written = log.findIndex(({ process, method }) => process === `process${other}` && method === 'PATCH');
	return written !== -1 && read > written;
}

test.each(MIXES)('a removal beside an addition of the same viewers stands: $name', async ({ members, jobs }) => {
	let overwritten = 0;
	let total = 0;
	await fc.assert(
		fc.asyncProperty(fc.nat(), times, async (seed, given) => {
			const after = await round(seed, { ...given, members }, jobs);
			const removed = new Set(jobs.flatMap(({ change, ids }) => (change === 'remove' ? ids : [])));
			after.jobs.forEach(({ change, result }, job) => {
				const addedLater = new Set(
					after.jobs.flatMap((other, index) => (other.change === 'add' && isLater(after, index, job) ? other.ids : [])),
				);
				if (change === 'remove')
					expect(result.done.filter((id) => after.members.has(id) && !addedLater.has(id))).toEqual([]);
				else {
					const wanted = result.done.filter((id) => !removed.has(id));
					expect([...after.members]).toEqual(expect.arrayContaining(wanted));
					overwritten += result.failed.filter(({ id }) => !removed.has(id)).length;
				}
				total += after.jobs[job].ids.length;
			});
		}),
		// A share of few changes says nothing.
		{ numRuns: Math.max(120, numRuns(0.4)) },
	);
	expect(overwritten / total).toBeLessThanOrEqual(0.02);
});

test('without other processes, nothing is repeated', async () => {
	const after = await round(1, { latencyMs: 50, spreadMs: 0, members: OLD }, [{ change: 'add', ids: idsOf(1) }]);
	expect(after.log.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET']);
});

describe('while a write waits for its check', () => {
	const [a, b, c] = abc;

	/** One process adds three viewers. 100 ms after its write, `act` runs. */
	async function meanwhile(act: (service: SharedGroups, clock: FakeClock) => Promise<unknown>) {
		const random = randomNumbers(7);
		const clock = new FakeClock(random);
		const service = new SharedGroups(clock, random, 1);
		service.group('group').add(OLD[0]);
		const work = changeViewersOfGroup(service.process('first'), 'page', 'group', abc, 'add');
		const other = clock.sleep(100).then(async () => await act(service, clock));
		await clock.finish(other);
		return { result: await clock.finish(work), members: [...service.group('group')].sort(), log: service.log };
	}

	/** Another process writes a list that it read before. */
	const overwrite = (service: SharedGroups) => service.members.set('group', new Set([OLD[0], OLD[1]]));

	test('an overwritten addition is repeated', async () => {
		const { result, members } = await meanwhile(async (service) => overwrite(service));
		expect(result).toMatchObject({ done: abc, failed: [] });
		expect(members).toEqual([OLD[0], OLD[1], ...abc]);
	});

	test('an addition that another user removed is not repeated, and its item says so', async () => {
		const { result, members } = await meanwhile(async (service) => service.group('group').delete(b));
		expect(members).toEqual([OLD[0], a, c]);
		expect(result).toMatchObject({
			done: [a, c],
			failed: [{ id: b, reason: expect.stringContaining('removed it again') }],
		});
	});

	test.each([
		['the group', [a, b]],
		['the viewer', [a]],
	])('what this process removes from %s is not added again, also after it was overwritten', async (_, ids) => {
		for (const isOverwrittenFirst of [true, false]) {
			const { result, members } = await meanwhile(async (service, clock) => {
				if (isOverwrittenFirst) overwrite(service);
				const removal = changeViewersOfGroup(service.process('first'), 'page', 'group', ids, 'remove');
				await clock.sleep(50);
				if (!isOverwrittenFirst) overwrite(service);
				await removal;
			});
			expect(members).toEqual([OLD[0], OLD[1], ...abc.filter((id) => !ids.includes(id))]);
			expect(result).toMatchObject({ done: abc, failed: [] });
		}
	});

	/** Resolves when the process has sent this many requests. */
	const requestsOf = async (service: SharedGroups, clock: FakeClock, count: number) => {
		while (service.log.filter(({ process }) => process === 'first').length < count) await clock.sleep(1);
		await clock.sleep(2);
	};

	test('what this process removes between the check and the repetition is not added again', async () => {
		const { members } = await meanwhile(async (service, clock) => {
			overwrite(service);
			await requestsOf(service, clock, 3);
			await changeViewersOfGroup(service.process('first'), 'page', 'group', [a, b], 'remove');
		});
		expect(members).toEqual([OLD[0], OLD[1], c]);
	});

	test('what another user removes after the repetition is not added again', async () => {
		const { result, members } = await meanwhile(async (service, clock) => {
			overwrite(service);
			await requestsOf(service, clock, 5);
			for (const id of abc) service.group('group').delete(id);
		});
		expect(members).toEqual([OLD[0], OLD[1]]);
		expect(result.failed).toEqual(abc.map((id) => ({ id, reason: expect.stringContaining('removed it again') })));
	});

	test('other changes of this process do not count as changes by others', async () => {
		const added = idsOf(5);
		const { result, members } = await meanwhile(async (service) => {
			await changeViewersOfGroup(service.process('first'), 'page', 'group', added, 'add');
		});
		expect(members).toEqual([OLD[0], ...abc, ...added].sort());
		expect(result).toMatchObject({ done: abc, failed: [] });
	});

	test('a group that was deleted is an error of its items', async () => {
		const { result } = await meanwhile(async (service) => service.members.delete('group'));
		expect(result.done).toEqual([]);
		expect(result.failed.map(({ reason }) => reason)).toEqual(abc.map(() => expect.stringContaining('could not find')));
	});
});

test('a change that is overwritten again and again has failed, and says so', async () => {
	const random = randomNumbers(3);
	const clock = new FakeClock(random);
	const service = new SharedGroups(clock, random, 1);
	service.group('group');
	const work = changeViewersOfGroup(service.process('first'), 'page', 'group', abc, 'add');
	let isOver = false;
	const hostile = (async () => {
		for (let index = 0; !isOver; index++) {
			await clock.sleep(50);
			service.members.set('group', new Set([`other0v${String(index).padStart(5, '0')}`]));
		}
	})();
	const result = await clock.finish(work);
	isOver = true;
	await clock.finish(hostile);
	expect(result.done).toEqual([]);
	expect(result.failed).toEqual(abc.map((id) => ({ id, reason: expect.stringContaining('overwritten by other') })));
	expect(service.log.filter(({ process, method }) => process === 'first' && method === 'PATCH')).toHaveLength(4);
});
