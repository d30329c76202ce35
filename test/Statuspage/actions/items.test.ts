import fc from 'fast-check';
import { ItemOrder } from '../../../nodes/shared/operations/itemOrder';
import { itemNumbers } from '../../../nodes/shared/operations/itemOutputs';
import { settleConcurrently } from '../../../nodes/shared/http/concurrently';
import { FakeClock } from '../../support/fakeClock';

const object = fc.constantFrom('a', 'b', 'c');
const item = fc.record({ lookUpMs: fc.nat(50), object: fc.option(object), writeMs: fc.nat(50), fails: fc.boolean() });
const run = fc.tuple(fc.array(item, { maxLength: 20 }), fc.integer({ min: 1, max: 8 }));

test('results and writes to one object keep the order of the items, for every duration', async () => {
	await fc.assert(
		fc.asyncProperty(run, async ([items, concurrency]) => {
			const clock = new FakeClock();
			const order = new ItemOrder();
			const written: Record<string, number[]> = {};
			let running = 0;
			let maxRunning = 0;
			const results = await clock.finish(
				settleConcurrently({
					count: items.length,
					concurrency,
					clock,
					stopsAfter: () => false,
					run: async (index) => {
						const { lookUpMs, object: target, writeMs, fails } = items[index];
						order.begin(index);
						maxRunning = Math.max(maxRunning, ++running);
						try {
							await clock.sleep(lookUpMs);
							if (target) {
								await order.turn(index, target);
								const startedAt = clock.now();
								await clock.sleep(writeMs);
								(written[target] ??= []).push(index);
								for (const other of written[target]) expect(other).toBeLessThanOrEqual(index);
								expect(clock.now() - startedAt).toBe(writeMs);
							}
							if (fails) throw new Error(`item ${index}`);
							return index;
						} finally {
							running--;
							order.end(index);
						}
					},
				}),
			);
			expect(maxRunning).toBeLessThanOrEqual(concurrency);
			expect(results).toHaveLength(items.length);
			results.forEach((result, index) => {
				if (items[index].fails) expect(result).toMatchObject({ reason: { message: `item ${index}` } });
				else expect(result).toEqual({ status: 'fulfilled', value: index });
			});
			for (const indexes of Object.values(written)) expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
		}),
	);
});

test('no item starts after one that stops the run, and running items finish', async () => {
	const clock = new FakeClock();
	const results = await clock.finish(
		settleConcurrently({
			count: 10,
			concurrency: 3,
			clock,
			stopsAfter: ({ status }) => status === 'rejected',
			run: async (index) => {
				await clock.sleep(index === 1 ? 10 : 20);
				if (index === 1) throw new Error('no luck');
				return index;
			},
		}),
	);
	expect(results.map((result) => result?.status)).toEqual([
		'fulfilled',
		'rejected',
		'fulfilled',
		...Array(7).fill(undefined),
	]);
});

test.each([
	[[], ''],
	[[0], '0'],
	[[3, 0, 1, 2], '0–3'],
	[[0, 1, 4, 6, 7], '0–1, 4, 6–7'],
])('item numbers %j', (indexes, text) => expect(itemNumbers(indexes as number[])).toBe(text));
