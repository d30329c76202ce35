import fc from 'fast-check';
import { findMany, type Search } from '../../../nodes/shared/client/findMany';
import { numRuns } from '../../support/runs';
import { SlowPages } from '../../support/slowPages';

interface Row {
	id: string;
	key: string;
}

const SIZE = 100;

const rows = (count: number): Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: `id${index}`, key: `key${index}` }));

/** Keys of rows that are spread evenly over a list. */
const spread = (wanted: number, count: number) =>
	Array.from({ length: wanted }, (_, index) => `key${Math.floor((index * count) / wanted)}`);

class Service extends SlowPages<Row> {
	/** Keys that were looked up individually. */
	readonly lookedUp: string[] = [];

	async find(keys: string[], options: Partial<Search<Row>> = {}) {
		const { clock, sideBySide } = this;
		return await clock.finish(
			findMany<Row>({
				keys,
				keyOf: ({ key }) => key,
				size: SIZE,
				readPage: async (page) => await this.readPage(page, SIZE),
				lookUp: async (key) => {
					this.lookedUp.push(key);
					return await this.answer(() => this.list.filter((row) => row.key === key));
				},
				confirmsMissing: true,
				absenceNeedsList: false,
				sideBySide,
				...options,
			}),
		);
	}

	get requests(): number {
		return this.asked.length + this.lookedUp.length;
	}
}

const absent = (count: number) => Array.from({ length: count }, (_, index) => `absent${index}`);
const first = (count: number) => rows(count).map(({ key }) => key);

describe('objects of a list of 5,000', () => {
	const cases: Array<[string, string[], { requests: number; rounds: number }, { requests: number; rounds: number }]> = [
		['1', spread(1, 5000), { requests: 1, rounds: 1 }, { requests: 1, rounds: 1 }],
		['20 spread', spread(20, 5000), { requests: 21, rounds: 3 }, { requests: 21, rounds: 3 }],
		['200 spread', spread(200, 5000), { requests: 54, rounds: 6 }, { requests: 51, rounds: 4 }],
		['500 spread', spread(500, 5000), { requests: 54, rounds: 5 }, { requests: 51, rounds: 4 }],
		['499 at the beginning', first(499), { requests: 8, rounds: 4 }, { requests: 7, rounds: 2 }],
		['100 that do not exist', absent(100), { requests: 110, rounds: 9 }, { requests: 110, rounds: 7 }],
	];

	test.each(cases)('%s: few requests and round trips', async (_, keys, atFirst, later) => {
		const service = new Service(rows(5000));
		const { rows: found, missing } = await service.find(keys);
		expect([...found.keys()].sort()).toEqual(keys.filter((key) => !key.startsWith('absent')).sort());
		expect(missing).toEqual(keys.filter((key) => key.startsWith('absent')));
		expect(service.requests).toBeLessThanOrEqual(atFirst.requests);
		expect(service.rounds).toBeLessThanOrEqual(atFirst.rounds);

		const again = new Service(rows(5000));
		await again.find(keys, { remembered: { rows: 5000, ended: () => {} } });
		expect(again.requests).toBeLessThanOrEqual(later.requests);
		expect(again.rounds).toBeLessThanOrEqual(later.rounds);
	});

	test.each([
		[true, 50],
		[false, 0],
	])('1,000, of which 50 do not exist, confirmed: %s', async (confirmsMissing, lookUps) => {
		const service = new Service(rows(5000));
		const { missing, isWhole } = await service.find([...spread(950, 5000), ...absent(50)], { confirmsMissing });
		expect(missing).toEqual(absent(50));
		expect(isWhole).toBe(true);
		expect(service.lookedUp).toHaveLength(lookUps);
		expect(service.asked.length).toBeLessThanOrEqual(54);
	});

	test('in a service that says the number of pages: two stages', async () => {
		const service = new Service(rows(5000));
		await service.find(spread(500, 5000), { pages: () => (service.asked.length === 0 ? undefined : 50) });
		expect(service.asked.length).toBeLessThanOrEqual(50);
		expect(service.rounds).toBeLessThanOrEqual(5);
	});
});

test.each([
	[false, 9],
	[true, 54],
])('one missing object of 300 at the beginning, its absence needs the list: %s', async (absenceNeedsList, most) => {
	const service = new Service(rows(5000));
	const { missing, isWhole } = await service.find([...first(299), ...absent(1)], { absenceNeedsList });
	expect(missing).toEqual(absent(1));
	expect(isWhole).toBe(absenceNeedsList);
	expect(service.asked.length).toBeLessThanOrEqual(most);
});

test('everything that exists is found, and no more requests run at the same time than allowed', async () => {
	const scenario = fc.record({
		count: fc.nat(1500),
		wanted: fc.array(fc.nat(2000), { maxLength: 300 }),
		doubled: fc.integer({ min: 1, max: 50 }),
		atOnce: fc.integer({ min: 1, max: 20 }),
		slots: fc.oneof(fc.nat(20), fc.constant(Infinity)),
		lastTime: fc.option(fc.nat(2000), { nil: undefined }),
	});
	await fc.assert(
		fc.asyncProperty(scenario, async ({ count, wanted, doubled, atOnce, slots, lastTime }) => {
			// Several rows have the same key.
			const list = rows(count).map((row, index) => (index % doubled === 1 ? { ...row, key: `key${index - 1}` } : row));
			const keys = wanted.map((index) => `key${index}`);
			const service = new Service(list, slots);
			const ended = jest.fn();
			const {
				rows: found,
				missing,
				isWhole,
			} = await service.find(keys, {
				sideBySide: { ...service.sideBySide, atOnce },
				remembered: { rows: lastTime, ended },
			});
			const existing = new Set(list.map(({ key }) => key));
			expect([...found.keys()].sort()).toEqual([...new Set(keys)].filter((key) => existing.has(key)).sort());
			expect([...missing].sort()).toEqual([...new Set(keys)].filter((key) => !existing.has(key)).sort());
			expect(service.most).toBeLessThanOrEqual(atOnce);
			expect(ended.mock.calls).toEqual(isWhole ? [[count]] : []);
			if (isWhole) {
				const doubles = (key: string) => list.filter((row) => row.key === key);
				for (const [key, objects] of found) expect(objects).toHaveLength(doubles(key).length);
			}
			// The list is given up as soon as looking up the others takes no more requests than reading on.
			expect(service.requests).toBeLessThanOrEqual(2 * new Set(keys).size + 3);
		}),
		{ numRuns: numRuns(0.5) },
	);
});

test('a page that cannot be read is an error', async () => {
	const service = new Service(rows(500));
	const readPage = async (page: number) => {
		if (page === 2) throw new Error('no page');
		return await service.readPage(page, SIZE);
	};
	await expect(service.find(spread(100, 500), { readPage })).rejects.toThrow('no page');
});
