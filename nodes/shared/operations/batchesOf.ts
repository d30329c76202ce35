import type { IDataObject } from 'n8n-workflow';
import { Breather } from '../http/breather';
import { settleConcurrently } from '../http/concurrently';
import { hasDryRun } from './dryRun';
import type { Input } from './input';
import type { ItemOrder } from './itemOrder';
import type { Batched, Operation, OperationTexts, Output, ParsedItem, PerItem } from './operation';

/** The result of an item, or of all items if they are one input; undefined for items that were not started. */
export interface ItemResult {
	items: number[];
	result: PromiseSettledResult<Output[]> | undefined;
}

/** Items that run together. */
export interface Batch {
	items: number[];
	/** Returns one result per item, in their order, or one result if all items are one input. */
	run: () => Promise<Array<PromiseSettledResult<IDataObject | Output[]>>>;
}

/** Items that run with the same settings. */
export interface Run<I extends Input> {
	inputs: I[];
	concurrency: number;
	continueOnFail: boolean;
	order?: ItemOrder;
}

/** A batch of one item. */
function itemBatch<I extends Input>({ execute }: PerItem<I>, input: I, order: ItemOrder | undefined): Batch {
	const { item } = input;
	return {
		items: [item],
		run: async () => {
			order?.begin(item);
			try {
				// All values are checked before the operation begins.
				void input.values;
				const rows = [await execute(input)].flat();
				return [{ status: 'fulfilled', value: rows.map((json) => ({ json, items: [item] })) }];
			} finally {
				order?.end(item);
			}
		},
	};
}

/** All values of an item are checked before anything is looked up for it. */
async function parseItem<I extends Input>(operation: Batched<I>, input: I): Promise<ParsedItem<unknown, unknown>> {
	void input.values;
	return await operation.parse(input);
}

/** Groups items by target, and returns the results of invalid items. Unless the run continues on fail, an invalid item stops all. */
async function targetBatches<I extends Input>(
	operation: Batched<I>,
	{ inputs, concurrency, continueOnFail }: Run<I>,
): Promise<{ batches: Batch[]; invalid: ItemResult[] }> {
	const { clock } = inputs[0].api.connection;
	const parsed = await settleConcurrently({
		count: inputs.length,
		concurrency,
		clock,
		run: (index) => parseItem(operation, inputs[index]),
	});
	const breather = new Breather(clock);
	const byTarget = new Map<string, { first: I; target: unknown; items: number[]; requests: unknown[] }>();
	const invalid: ItemResult[] = [];
	for (const [index, entry] of parsed.entries()) {
		await breather.breathe();
		const input = inputs[index];
		if (entry?.status === 'rejected') invalid.push({ items: [input.item], result: entry });
		if (entry?.status !== 'fulfilled') continue;
		const { key, target, request } = entry.value;
		// A batch has the options of its first item, so a dry run never shares one with a write.
		const batchKey = `${input.isDryRun} ${key}`;
		const batch = byTarget.get(batchKey) ?? { first: input, target, items: [], requests: [] };
		batch.items.push(input.item);
		batch.requests.push(request);
		byTarget.set(batchKey, batch);
	}
	const batches = [...byTarget.values()].map(({ first, target, items, requests }) => ({
		items,
		run: () => operation.execute(first, target, requests),
	}));
	return { batches: continueOnFail || invalid.length === 0 ? batches : [], invalid };
}

/** False for an invalid item, which reports its values itself. */
function isDryRun(input: Input): boolean {
	try {
		return input.isDryRun;
	} catch {
		return false;
	}
}

/** Each item alone, besides those that run together. Items in a dry run write nothing, so they always run alone. */
async function itemBatches<I extends Input>(
	operation: PerItem<I> & Pick<OperationTexts, 'fields'>,
	run: Run<I>,
): Promise<Batch[]> {
	const writing = hasDryRun(operation.fields) ? run.inputs.filter((input) => !isDryRun(input)) : run.inputs;
	const together = (await operation.together?.(writing, run)) ?? [];
	const taken = new Set(together.flatMap(({ items }) => items));
	run.order?.leaveOut(taken);
	const alone = run.inputs.filter(({ item }) => !taken.has(item));
	return [...together, ...alone.map((input) => itemBatch(operation, input, run.order))];
}

/** Groups items: each alone, by target, or all as one. */
export async function batchesOf<I extends Input>(
	operation: Operation<I>,
	run: Run<I>,
): Promise<{ batches: Batch[]; invalid: ItemResult[] }> {
	const { inputs, concurrency } = run;
	switch (operation.runs) {
		case 'batched':
			return await targetBatches(operation, run);
		case 'perItem':
			return { batches: await itemBatches(operation, run), invalid: [] };
		case 'allItems': {
			const whole = async () => [{ status: 'fulfilled' as const, value: await operation.execute(inputs, concurrency) }];
			return { batches: [{ items: inputs.map(({ item }) => item), run: whole }], invalid: [] };
		}
	}
}

/** A result is either the output of one item, or outputs that name their items. */
function outputsOf(value: IDataObject | Output[], item: number): Output[] {
	return Array.isArray(value) ? value : [{ json: value, items: [item] }];
}

/** The results of a batch, item by item. An error of the whole batch belongs to each of its items. */
export function* resultsOf(
	{ items }: Batch,
	batch: PromiseSettledResult<Array<PromiseSettledResult<IDataObject | Output[]>>> | undefined,
	isOneInput: boolean,
): Generator<ItemResult> {
	for (const [position, item] of (isOneInput ? items.slice(0, 1) : items).entries()) {
		const group = isOneInput ? items : [item];
		const result = batch?.status === 'fulfilled' ? batch.value[position] : batch;
		if (result?.status !== 'fulfilled') yield { items: group, result };
		else yield { items: group, result: { ...result, value: outputsOf(result.value, item) } };
	}
}
