import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../nodes/shared/fields/options';
import { batched, settleEach } from '../../../nodes/shared/operations/batched';
import { batchesOf } from '../../../nodes/shared/operations/batchesOf';
import { dryRun, hasDryRun } from '../../../nodes/shared/operations/dryRun';
import type { Input } from '../../../nodes/shared/operations/input';
import type { Operation } from '../../../nodes/shared/operations/operation';
import { CountingClock } from '../../support/countingClock';

const api = { connection: { clock: new CountingClock(0) } };
/** Every third item is a dry run, and item 4 is invalid. */
const inputs = [0, 1, 2, 3, 4, 5, 6].map((item) => ({
	item,
	api,
	get values() {
		if (item === 4) throw new Error('invalid');
		return {};
	},
	get isDryRun() {
		void this.values;
		return item % 3 === 0;
	},
})) as unknown as Input[];
const run = { inputs, concurrency: 5, continueOnFail: true };
const fields = [optionsField(dryRunOption)];

test('only operations with the option have a dry run', () => {
	expect(hasDryRun(fields)).toBe(true);
	expect(hasDryRun([optionsField(ignoreIfMissingOption)])).toBe(false);
	expect(hasDryRun([])).toBe(false);
});

test('the output has exactly four fields, and only exists in a dry run', () => {
	const change = { would: 'delete viewer', before: { id: 'a' }, after: null };
	expect(dryRun({ isDryRun: true }, { ...change, deleted: true } as typeof change)).toEqual({
		dryRun: true,
		...change,
	});
	expect(() => dryRun({ isDryRun: false }, change)).toThrow('not a dry run');
});

test('items with the same target never share a batch with a dry run', async () => {
	const operation = {
		value: 'do',
		fields,
		...batched<Input, string, number>({
			parse: async ({ item }) => ({ key: 'same', target: 'same', request: item }),
			run: async ({ isDryRun }, _, requests) =>
				await settleEach(requests, api.connection.clock, (item) => ({ item, isDryRun })),
		}),
	} as unknown as Operation;
	const { batches, invalid } = await batchesOf(operation, run);
	expect(batches.map(({ items }) => items)).toEqual([
		[0, 3, 6],
		[1, 2, 5],
	]);
	expect(invalid.map(({ items }) => items)).toEqual([[4]]);
	for (const { items, run: runBatch } of batches)
		expect(await runBatch()).toEqual(
			items.map((item) => ({ status: 'fulfilled', value: { item, isDryRun: item % 3 === 0 } })),
		);
});

test('items in a dry run do not run together with others', async () => {
	let asked: number[] = [];
	const operation = {
		value: 'do',
		fields,
		runs: 'perItem',
		execute: async () => ({}),
		together: async (given: Input[]) => {
			asked = given.map(({ item }) => item);
			return [{ items: [1, 2], run: async () => [] }];
		},
	} as unknown as Operation;
	const { batches } = await batchesOf(operation, run);
	expect(asked).toEqual([1, 2, 4, 5]);
	expect(batches.map(({ items }) => items)).toEqual([[1, 2], [0], [3], [4], [5], [6]]);
});
