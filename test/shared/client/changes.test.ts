import fc from 'fast-check';
import { isRejected, RejectedObject, removeEach } from '../../../nodes/shared/client/changes';
import { writeInHalves } from '../../../nodes/shared/client/writeInHalves';
import { StatuspageApi } from '../../../nodes/services/statuspage/statuspageApi';
import { Failure } from '../../../nodes/shared/http/failures';
import { FakeClock } from '../../support/fakeClock';
import { connectionTo, scripted } from '../../support/fakeService';

const rejection = () => new Failure({ kind: 'answer', status: 422, message: 'no' });
const ids = (count: number) => Array.from({ length: count }, (_, index) => `id${index}`);

/** A service that rejects a write that contains a bad ID. */
async function run(count: number, bad: number[]) {
	const writes: string[][] = [];
	const isBad = new Set(bad.map((index) => `id${index}`));
	const result = await writeInHalves(ids(count), async (part) => {
		writes.push(part);
		if (part.some((id) => isBad.has(id))) throw rejection();
		return [];
	});
	return { ...result, writes };
}

test('bad IDs are named, all others are written, and none is written twice', async () => {
	await fc.assert(
		fc.asyncProperty(fc.nat(60), fc.uniqueArray(fc.nat(60), { maxLength: 6 }), async (count, positions) => {
			const bad = positions.filter((index) => index < count);
			const { done, failed, writes } = await run(count, bad);
			expect(new Set(failed.map(({ id }) => id))).toEqual(new Set(bad.map((index) => `id${index}`)));
			expect([...done, ...failed.map(({ id }) => id)].sort()).toEqual(ids(count).sort());
			const accepted = writes.filter((part) => !part.some((id) => failed.some((entry) => entry.id === id))).flat();
			expect(accepted.length).toBe(new Set(accepted).size);
			// A bad ID is never passed by without a write of its own: that gives the reason.
			for (const { id } of failed) expect(writes).toContainEqual([id]);
		}),
	);
});

test.each([0, 37, 63, 99])(
	'one bad ID of a hundred (number %i) takes two requests a halving at the most, and fewer behind a good half',
	async (bad) => {
		const { writes } = await run(100, [bad]);
		expect(writes.length).toBeLessThanOrEqual(15);
		if (bad === 99) expect(writes.length).toBeLessThanOrEqual(9);
	},
);

test('an ID that the rejection names is tried apart from the others', async () => {
	const writes: number[] = [];
	const result = await writeInHalves(ids(100), async (part) => {
		writes.push(part.length);
		if (part.includes('id42'))
			throw new Failure({ kind: 'answer', status: 400, message: 'Resource [USER]: with id[id42] not found' });
		return [];
	});
	expect([result.done.length, result.failed.map(({ id }) => id)]).toEqual([99, ['id42']]);
	// id4 and id2 are part of this ID too, which costs one more request.
	expect(writes[0]).toBe(100);
	expect(writes.length).toBeLessThanOrEqual(5);
});

test('a service that takes only so many at once gets them in smaller writes', async () => {
	const sizes: number[] = [];
	const result = await writeInHalves(ids(100), async (part) => {
		sizes.push(part.length);
		if (part.length > 30) throw new Failure({ kind: 'answer', status: 413, message: 'too large' });
		return [];
	});
	expect([result.done.length, result.failed.length]).toEqual([100, 0]);
	expect(sizes.length).toBeLessThan(20);
});

test.each<[string, (part: string[]) => Array<{ id: string; reason: string }>, number[]]>([
	['accepted', () => [], [200_000, 0]],
	['left out', (part) => part.map((id) => ({ id, reason: 'no' })), [0, 200_000]],
	[
		'rejected',
		() => {
			throw rejection();
		},
		[0, 200_000],
	],
])('200,000 IDs can be %s', async (_, write, counts) => {
	const { done, failed } = await writeInHalves(ids(200_000), async (part) => write(part));
	expect([done.length, failed.length]).toEqual(counts);
});

/** The number of writes of a service that accepts as many IDs as it has room for. */
async function writesWithRoom(count: number, room: number, message: (part: string[]) => string) {
	let accepted = 0;
	let writes = 0;
	const result = await writeInHalves(ids(count), async (part) => {
		writes++;
		if (accepted + part.length > room) throw new Failure({ kind: 'answer', status: 422, message: message(part) });
		accepted += part.length;
		return [];
	});
	expect([result.done.length, result.failed.length]).toEqual([room, count - room]);
	return { writes, ...result };
}

test.each([
	['the same words', () => 'Not allowed'],
	['words with an ID', ([first]: string[]) => `Viewer ${first} is not allowed`],
])('a service that rejects every write with %s is not asked for each ID', async (_, message) => {
	for (const count of [250, 500, 5000]) {
		const { writes, failed, isHopeless } = await writesWithRoom(count, 0, message);
		expect(writes).toBeLessThanOrEqual(22);
		expect(isHopeless).toBe(true);
		expect(failed.every(({ id, reason }) => reason === message([id]))).toBe(true);
	}
});

test('a service that accepts no more from a certain number on is not asked for each ID', async () => {
	const { writes, isHopeless } = await writesWithRoom(500, 100, () => 'The group is full');
	expect(writes).toBeLessThanOrEqual(80);
	expect(isHopeless).toBe(false);
});

test('a rejection of the object itself ends the write, and all other IDs have its reason', async () => {
	const sizes: number[] = [];
	const result = await writeInHalves(ids(100), async (part) => {
		sizes.push(part.length);
		throw new RejectedObject({ kind: 'answer', status: 404, message: 'no such group' });
	});
	expect(sizes).toEqual([100]);
	expect(result).toMatchObject({ done: [], isHopeless: true });
	expect(result.failed).toEqual(ids(100).map((id) => ({ id, reason: 'no such group' })));
});

test('an error that says nothing about the rows is not halved', async () => {
	const write = jest.fn(
		async () => await Promise.reject(new Failure({ kind: 'answer', status: 503, message: 'down' })),
	);
	await expect(writeInHalves(ids(10), write)).rejects.toThrow('down');
	expect(write).toHaveBeenCalledTimes(1);
});

test.each([
	[{ kind: 'answer', status: 400 }, true],
	[{ kind: 'answer', status: 401 }, false],
	[{ kind: 'answer', status: 403 }, false],
	[{ kind: 'answer', status: 404 }, true],
	[{ kind: 'answer', status: 409 }, true],
	[{ kind: 'answer', status: 413 }, true],
	[{ kind: 'answer', status: 422 }, true],
	[{ kind: 'answer', status: 500 }, false],
	[{ kind: 'lost', status: 404 }, false],
	[{ kind: 'invalid', status: 404 }, false],
	[{ kind: 'answer' }, false],
] as const)('a failure with %j means that something in the write is bad: %p', (facts, expected) =>
	expect(isRejected(new Failure({ ...facts, message: '' }))).toBe(expected),
);

test('any other error does not mean that something in the write is bad', () =>
	expect(isRejected(new Error())).toBe(false));

/** A run with its clock. */
function removalRun(concurrency = 2) {
	const clock = new FakeClock();
	const { send } = scripted(clock, [{}]);
	return { clock, run: { api: new StatuspageApi(connectionTo(clock, send)), concurrency } };
}

/** Removes with a clock that needs no time. */
async function removeEachOf(...[ids, remove, listHolders]: [string[], Remove, ListHolders]) {
	const { clock, run: ofRemovals } = removalRun();
	return await clock.finish(removeEach(ids, remove, listHolders, ofRemovals));
}
type Remove = Parameters<typeof removeEach>[1];
type ListHolders = Parameters<typeof removeEach>[2];

describe('removing each', () => {
	const notFound = new Failure({ kind: 'answer', status: 404, message: 'not found' });
	const failing = (error: Error) => async () => await Promise.reject(error);
	const remove = failing(notFound);

	test('removed IDs are done', async () =>
		expect(
			await removeEachOf(
				['a', 'b'],
				async () => {},
				async () => [],
			),
		).toEqual({
			done: ['a', 'b'],
			unchanged: [],
			failed: [],
		}));

	test('a 404 for an ID that is not in the list changes nothing', async () =>
		expect(await removeEachOf(['a'], remove, async () => ['b'])).toMatchObject({ unchanged: ['a'], failed: [] }));

	test('a 404 for an ID that is still in the list has failed', async () =>
		expect(await removeEachOf(['a'], remove, async () => ['a'])).toMatchObject({
			done: [],
			unchanged: [],
			failed: [{ id: 'a', reason: expect.stringContaining('group') }],
		}));

	test('a list that is rejected gives the reason, and the others go on', async () => {
		const rejected = failing(new Failure({ kind: 'answer', status: 422, message: 'no such page' }));
		const result = await removeEachOf(['a', 'b'], async (id) => await (id === 'a' ? remove() : undefined), rejected);
		expect(result).toEqual({ done: ['b'], unchanged: [], failed: [{ id: 'a', reason: 'no such page' }] });
	});

	test.each([
		['a removal', failing(new Failure({ kind: 'answer', status: 403, message: 'no' })), async () => []],
		['the list', remove, failing(new Failure({ kind: 'answer', status: 503, message: 'down' }))],
	] as const)(
		'%s that fails for another reason ends it',
		async (_, removeOne, list) => await expect(removeEachOf(['a'], removeOne, list)).rejects.toThrow(/no|down/),
	);

	test('items of a run share its limit, results keep their order, and nothing is started after an error', async () => {
		const { clock, run: ofRemovals } = removalRun(3);
		let running = 0;
		let most = 0;
		const started: string[] = [];
		const removeSlowly = async (id: string) => {
			started.push(id);
			most = Math.max(most, ++running);
			await clock.sleep(id === 'id0' ? 100 : 10);
			running--;
			if (id === 'bad') throw new Failure({ kind: 'answer', status: 403, message: 'no' });
		};
		const none = async () => [];
		const [first, second] = await clock.finish(
			Promise.all([
				removeEach(ids(20), removeSlowly, none, ofRemovals),
				removeEach(['x', 'y'], removeSlowly, none, ofRemovals),
			]),
		);
		expect([first.done, second.done]).toEqual([ids(20), ['x', 'y']]);
		expect(most).toBe(3);
		started.length = 0;
		await expect(clock.finish(removeEach(['a', 'bad', ...ids(20)], removeSlowly, none, ofRemovals))).rejects.toThrow(
			'no',
		);
		expect(started.length).toBeLessThanOrEqual(6);
	});
});
