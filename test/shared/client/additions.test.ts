import fc from 'fast-check';
import { addAll, divideAdditions, type Additions } from '../../../nodes/shared/client/additions';
import { concernsAll } from '../../../nodes/shared/client/concernsAll';
import { Breather } from '../../../nodes/shared/http/breather';
import { systemClock } from '../../../nodes/shared/http/clock';
import { Cancelled, Failure, type FailureFacts } from '../../../nodes/shared/http/failures';
import { numRuns } from '../../support/runs';

const names = (prefix: string, count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => `${prefix}${from + index}`);
const pairsOf = (additions: Additions) =>
	[...additions].flatMap(([key, values]) => values.map((value) => [key, value] as const));
const divide = async (wanted: Additions) => await divideAdditions(wanted, new Breather(systemClock));

/** Up to 30 owners with up to 12 of 12 IDs each. */
const additions = fc
	.array(fc.uniqueArray(fc.nat(11), { minLength: 1 }), { maxLength: 30 })
	.map((lists): Additions => new Map(lists.map((list, owner) => [`owner${owner}`, list.map((id) => `id${id}`)])));

describe('dividing additions', () => {
	test('sends each pair once, with at most one request per owner and at most one per ID', async () => {
		await fc.assert(
			fc.asyncProperty(additions, async (wanted) => {
				const { byOwner, byId } = await divide(wanted);
				const sent = [
					...pairsOf(byOwner).map((pair) => pair.join()),
					...pairsOf(byId).map(([id, ownerId]) => [ownerId, id].join()),
				];
				expect(sent.sort()).toEqual(
					pairsOf(wanted)
						.map((pair) => pair.join())
						.sort(),
				);
				const ids = new Set(pairsOf(wanted).map(([, id]) => id));
				expect(byOwner.size + byId.size).toBeLessThanOrEqual(Math.min(wanted.size, ids.size));
			}),
			{ numRuns: numRuns() },
		);
	});

	const few = new Map(names('owner', 10).map((owner) => [owner, names('few', 100)]));
	const many = new Map(names('owner', 300, 10).map((owner) => [owner, names('many', 2)]));
	const different = new Map(
		names('owner', 300).map((owner, index) => [owner, names('id', 20).filter((_, id) => (index + id) % 3 === 0)]),
	);
	test.each([
		['nothing', new Map(), 0, 0],
		['a few owners with many IDs', few, 10, 0],
		['many owners with a few IDs', many, 0, 2],
		['both', new Map([...few, ...many]), 10, 2],
		['300 owners with different lists of 20 IDs', different, 0, 20],
		['one owner with one ID', new Map([['owner', ['id']]]), 1, 0],
	])('%s', async (_, wanted, owners, ids) => {
		const { byOwner, byId } = await divide(wanted);
		expect([byOwner.size, byId.size]).toEqual([owners, ids]);
	});
});

const rejection = (message: string) => new Failure({ kind: 'answer', status: 404, message });

/** A service that rejects requests with a bad owner, ID or pair. */
async function run(wanted: Additions, isBad: (ownerId: string, id: string) => boolean, hasOtherSide = true) {
	const added = new Set<string>();
	let requests = 0;
	const write = (pairs: Array<[ownerId: string, id: string]>) => {
		requests++;
		if (pairs.some(([ownerId, id]) => isBad(ownerId, id))) throw rejection('not found');
		for (const [ownerId, id] of pairs) {
			// Nothing is sent again after it was accepted.
			if (added.has(`${ownerId} ${id}`)) throw new Error(`${ownerId} ${id} was sent twice`);
			added.add(`${ownerId} ${id}`);
		}
	};
	const failures = await addAll(wanted, {
		concurrency: 4,
		clock: systemClock,
		toOwner: async (ownerId, ids) => {
			write(ids.map((id) => [ownerId, id]));
			return [];
		},
		toOwners: hasOtherSide ? async (id, owners) => write(owners.map((ownerId) => [ownerId, id])) : undefined,
	});
	const failed = [...failures].flatMap(([ownerId, entries]) => entries.map(({ id }) => `${ownerId} ${id}`));
	return { added, failed, requests };
}

describe('adding', () => {
	test('names exactly the bad pairs, and adds all others once', async () => {
		const bad = fc.record({
			owners: fc.uniqueArray(fc.nat(29), { maxLength: 3 }),
			ids: fc.uniqueArray(fc.nat(11), { maxLength: 2 }),
			pair: fc.tuple(fc.nat(29), fc.nat(11)),
		});
		await fc.assert(
			fc.asyncProperty(additions, bad, fc.boolean(), async (wanted, { owners, ids, pair }, hasOtherSide) => {
				const isBad = (ownerId: string, id: string) =>
					owners.some((index) => ownerId === `owner${index}`) ||
					ids.some((index) => id === `id${index}`) ||
					(ownerId === `owner${pair[0]}` && id === `id${pair[1]}`);
				const { added, failed } = await run(wanted, isBad, hasOtherSide);
				const [good, wrong] = [false, true].map((kind) =>
					pairsOf(wanted)
						.filter(([ownerId, id]) => isBad(ownerId, id) === kind)
						.map((entry) => entry.join(' '))
						.sort(),
				);
				expect([...added].sort()).toEqual(good);
				expect(failed.sort()).toEqual(wrong);
			}),
			{ numRuns: numRuns() },
		);
	});

	test('a bad owner among 300 is narrowed down once, not once per ID', async () => {
		const wanted = new Map(names('owner', 300).map((owner) => [owner, names('id', 20)]));
		const { failed, requests } = await run(wanted, (ownerId) => ownerId === 'owner77');
		expect(failed).toHaveLength(20);
		// 20 requests, 19 without the bad owner, and those that find it and its reasons.
		expect(requests).toBeLessThanOrEqual(100);
	});

	test('a bad ID among 20 does not make its owners suspicious', async () => {
		const wanted = new Map(names('owner', 300).map((owner) => [owner, names('id', 20)]));
		const { failed, requests } = await run(wanted, (_, id) => id === 'id7');
		expect(failed).toHaveLength(300);
		expect(requests).toBeLessThanOrEqual(40);
	});

	const wantedBySix = new Map(names('owner', 6).map((owner) => [owner, ['id0', 'id1']]));
	const sendingTo = (fail: (id: string) => Error | undefined) => {
		const sent: string[] = [];
		const failures = addAll(wantedBySix, {
			concurrency: 1,
			clock: systemClock,
			toOwner: async () => [],
			toOwners: async (id) => {
				sent.push(id);
				const error = fail(id);
				if (error) throw error;
			},
		});
		return { sent, failures };
	};

	test('an error without information about the pairs fails only the pairs of its request', async () => {
		const error = new Failure({ kind: 'answer', status: 503, message: 'down' });
		const { failures } = sendingTo((id) => (id === 'id0' ? error : undefined));
		expect([...(await failures)]).toEqual(
			names('owner', 6).map((owner) => [owner, [{ id: 'id0', reason: 'down', error }]]),
		);
	});

	test('after an error that concerns all requests, nothing else is sent', async () => {
		const { sent, failures } = sendingTo(() => new Failure({ kind: 'answer', status: 403, message: 'no' }));
		expect([...(await failures).values()].map((entries) => entries.map(({ id }) => id))).toEqual(
			names('owner', 6).map(() => ['id0', 'id1']),
		);
		expect(sent).toEqual(['id0']);
	});

	test('a cancelled run has no results', async () => {
		await expect(sendingTo(() => new Cancelled()).failures).rejects.toThrow(Cancelled);
	});
});

test.each<[FailureFacts['kind'], number | undefined, boolean]>([
	['answer', 400, false],
	['answer', 401, true],
	['answer', 403, true],
	['answer', 404, false],
	['answer', 500, false],
	['answer', undefined, false],
	['lost', undefined, false],
	['notSent', undefined, true],
	['rateLimit', 429, true],
	['invalid', undefined, true],
])('an error of kind %s with status %p concerns all requests: %p', (kind, status, expected) =>
	expect(concernsAll(new Failure({ kind, status, message: '' }))).toBe(expected),
);
