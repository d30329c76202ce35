import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { ApiClient } from '../../../nodes/shared/client/apiClient';
import { Cancelled } from '../../../nodes/shared/http/failures';
import { RunReport } from '../../../nodes/shared/http/runReport';
import { batched, settleEach } from '../../../nodes/shared/operations/batched';
import { Input } from '../../../nodes/shared/operations/input';
import type { Operation } from '../../../nodes/shared/operations/operation';
import { runItems } from '../../../nodes/shared/operations/runItems';
import { CountingClock } from '../../support/countingClock';

type Work = Pick<Operation, 'runs'> & Record<string, unknown>;

interface Setting {
	count: number;
	work: Work;
	clock?: CountingClock;
	continueOnFail?: boolean;
	isReadOnly?: boolean;
	onRead?: (item: number) => void;
	prefetch?: (items: number[]) => Promise<void>;
}

/** Runs an operation with one field, whose value is the number of the item. */
async function runOf({
	count,
	work,
	clock = new CountingClock(0),
	continueOnFail = false,
	isReadOnly = false,
	onRead = () => {},
	prefetch = async () => {},
}: Setting) {
	const fields = [{ displayName: 'Number', name: 'number', type: 'string' as const, default: '' }];
	const operation = { value: 'do', isReadOnly, fields, ...work } as unknown as Operation;
	const items = Array.from({ length: count }, (_, item) => ({ json: { item } }));
	const context = {
		getInputData: () => items,
		getNode: () => ({ name: 'Node', type: 'node', parameters: {} }),
		continueOnFail: () => continueOnFail,
		getTimezone: () => 'UTC',
		getNodeParameter: (name: string, item: number, absent: unknown, options?: { rawExpressions?: boolean }) => {
			if (name === 'resource') return 'thing';
			if (name === 'operation') return 'do';
			if (name !== 'number') return absent;
			if (options?.rawExpressions) return '={{ String($json.item) }}';
			onRead(item);
			return String(item);
		},
	} as unknown as IExecuteFunctions;
	const api = { connection: { clock, report: new RunReport(), serviceName: 'Test' } } as unknown as ApiClient;
	const [rows] = await runItems<Operation, Input>(context, {
		resources: [{ value: 'thing', name: 'Thing', description: '', operations: [operation] }],
		connect: async () => (item, order) => new Input(context, item, api, fields, order),
		prefetch: async (_, inputs) => await prefetch(inputs.map(({ item }) => item)),
	});
	return rows;
}

const perItem: Work = { runs: 'perItem', execute: async ({ item }: Input) => ({ item }) };
const inBatches: Work = {
	...batched<Input, number, number>({
		parse: async ({ item }) => ({ key: String(item % 3), target: item % 3, request: item }),
		run: async ({ api }, target, requests) =>
			await settleEach(requests, api.connection.clock, (item) => ({ item, target })),
	}),
};
const asOne: Work = {
	runs: 'allItems',
	execute: async (inputs: Input[]) => inputs.map(({ item }) => ({ json: { item }, items: [item] })),
};

describe('a run over 10,000 items', () => {
	/** The largest number of items between two yields. */
	class YieldClock extends CountingClock {
		longest = 0;
		#items = 0;

		constructor() {
			super(0);
		}

		step(): void {
			this.longest = Math.max(this.longest, ++this.#items);
		}

		override async sleep(): Promise<void> {
			this.#items = 0;
			await super.sleep();
		}
	}

	test.each([
		['one by one', perItem],
		['in batches', inBatches],
	])('yields at least every 1,000 items while it reads them: %s', async (_, work) => {
		const clock = new YieldClock();
		const rows = await runOf({ count: 10_000, work, clock, onRead: () => clock.step() });
		expect(rows.map(({ json }) => json.item)).toEqual(Array.from({ length: 10_000 }, (__, item) => item));
		expect(clock.longest).toBeLessThanOrEqual(1000);
	});

	test.each([
		['one by one', perItem, 30],
		['in batches', inBatches, 50],
		['as one input', asOne, 20],
	])('yields each time it goes through them: %s', async (_, work, sleeps) => {
		const clock = new CountingClock(0);
		await runOf({ count: 10_000, work, clock });
		expect(clock.sleeps).toBeGreaterThanOrEqual(sleeps);
	});
});

test('the first item of a per-item operation runs before later items are read', async () => {
	let read = 0;
	let readBefore = Infinity;
	await runOf({
		count: 5000,
		onRead: () => read++,
		work: {
			runs: 'perItem',
			execute: async () => {
				readBefore = Math.min(readBefore, read);
				return {};
			},
		},
		prefetch: async () => {},
	});
	expect(readBefore).toBeLessThanOrEqual(1000);
	expect(read).toBe(5000);
});

test('each part of the items is looked up together before it runs', async () => {
	const events: string[] = [];
	await runOf({
		count: 2500,
		prefetch: async (items) => void events.push(`look up ${items[0]} to ${items.at(-1)}`),
		work: {
			runs: 'perItem',
			execute: async ({ item }: Input) => {
				if (item % 1000 === 0) events.push(`run ${item}`);
				return {};
			},
		},
	});
	expect(events).toEqual([
		'look up 0 to 999',
		'run 0',
		'look up 1000 to 1999',
		'run 1000',
		'look up 2000 to 2499',
		'run 2000',
	]);
});

test('nothing is looked up or run after a part with a failed item', async () => {
	const started: number[] = [];
	let lookUps = 0;
	const failing = runOf({
		count: 5000,
		prefetch: async () => void lookUps++,
		work: {
			runs: 'perItem',
			execute: async ({ item }: Input) => {
				started.push(item);
				if (item === 10) throw new Error('no luck');
				return {};
			},
		},
	});
	await expect(failing).rejects.toMatchObject({ description: expect.stringContaining('Items already processed: 0–9') });
	expect(Math.max(...started)).toBeLessThan(100);
	expect(lookUps).toBe(1);
});

test.each([true, false])(
	'a cancelled look-up ends the run and names the items before it (Continue on fail: %s)',
	async (continueOnFail) => {
		const failing = runOf({
			count: 5000,
			continueOnFail,
			prefetch: async (items) => {
				if (items[0] === 1000) throw new Cancelled();
			},
			work: perItem,
		});
		await expect(failing).rejects.toMatchObject({
			message: 'The execution was cancelled',
			description: expect.stringContaining('Items already processed: 0–999'),
		});
	},
);

test('outputs of all items share one list of items', async () => {
	const rows = await runOf({
		count: 3000,
		work: { runs: 'allItems', execute: async () => [1, 2, 3].map((json) => ({ json: { json }, items: [] })) },
	});
	expect(rows[0].pairedItem).toHaveLength(3000);
	expect(rows[1].pairedItem).toBe(rows[0].pairedItem);
	expect(rows[2].pairedItem).toBe(rows[0].pairedItem);
});

test('the output has one row per item in the order of the items, whichever fail', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 1300 }),
			fc.func(fc.boolean()),
			fc.constantFrom('perItem', 'batched'),
			async (count, fails, runs) => {
				const result = (item: number): IDataObject => {
					if (fails(item)) throw new Error(`item ${item}`);
					return { item };
				};
				const work: Work =
					runs === 'perItem'
						? { runs: 'perItem', execute: async ({ item }: Input) => result(item) }
						: {
								...batched<Input, number, number>({
									parse: async ({ item }) => ({ key: String(item % 7), target: item % 7, request: item }),
									run: async ({ api }, _, requests) => await settleEach(requests, api.connection.clock, result),
								}),
							};
				const rows = await runOf({ count, work, continueOnFail: true });
				expect(rows.map(({ pairedItem }) => pairedItem)).toEqual(
					Array.from({ length: count }, (_, item) => ({ item })),
				);
				for (const [item, { json }] of rows.entries())
					if (fails(item)) expect(json.error).toContain(`item ${item}`);
					else expect(json).toEqual({ item });
			},
		),
		{ numRuns: 15 },
	);
});
