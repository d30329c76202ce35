import { Breather } from '../http/breather';
import { settleConcurrently } from '../http/concurrently';
import type { Connection } from '../http/connection';
import { Cancelled } from '../http/failures';
import { batchesOf, resultsOf, type ItemResult, type Run } from './batchesOf';
import type { Input } from './input';
import { ItemOrder } from './itemOrder';
import type { Operation } from './operation';
import { partsOf } from './partsOf';

export interface Items<I extends Input> {
	count: number;
	/** Creates the input of an item. */
	inputOf: (item: number, order?: ItemOrder) => I;
	/** Looks up the objects of several items together. Throws Cancelled if the execution was. */
	prefetch: (inputs: I[]) => Promise<void>;
	concurrency: number;
	continueOnFail: boolean;
	/** The connection of all inputs. */
	connection: Connection;
}

const isRejected = ({ status }: PromiseSettledResult<unknown>) => status === 'rejected';

/** True if nothing more is started after this result. */
function isEnd(result: PromiseSettledResult<unknown> | undefined, continueOnFail: boolean): boolean {
	return result?.status === 'rejected' && (!continueOnFail || result.reason instanceof Cancelled);
}

/** Runs items that were read together. A cancelled look-up belongs to the first of them. */
async function settlePart<I extends Input>(
	operation: Operation<I>,
	run: Run<I>,
	{ prefetch, connection: { clock } }: Items<I>,
): Promise<ItemResult[]> {
	const { inputs, concurrency, continueOnFail } = run;
	try {
		if (inputs.length > 1) await prefetch(inputs);
	} catch (reason) {
		return [{ items: [inputs[0].item], result: { status: 'rejected', reason } }];
	}
	const { batches, invalid } = await batchesOf(operation, run);
	const settled = await settleConcurrently({
		count: batches.length,
		concurrency,
		clock,
		run: (index) => batches[index].run(),
		stopsAfter: (batch) =>
			isEnd(batch, continueOnFail) || (!continueOnFail && batch.status === 'fulfilled' && batch.value.some(isRejected)),
	});
	const breather = new Breather(clock);
	const results = [...invalid];
	for (const [index, batch] of batches.entries()) {
		for (const result of resultsOf(batch, settled[index], operation.runs === 'allItems')) {
			results.push(result);
			await breather.breathe();
		}
	}
	return results;
}

/** Runs all items. Returns the results in the order of the items. Items after one that stops the run have no result. */
export async function settleItems<I extends Input>(operation: Operation<I>, items: Items<I>): Promise<ItemResult[]> {
	const { count, inputOf, connection, concurrency, continueOnFail } = items;
	const breather = new Breather(connection.clock);
	/** By the first item of each result. */
	const results: ItemResult[] = [];
	// Only items that run by themselves can run before later ones are read.
	const parts = operation.runs === 'perItem' ? partsOf(count) : [{ start: 0, end: count }];
	for (const { start, end } of parts) {
		// Items with the same target write it in their order.
		const order = operation.runs === 'perItem' && !operation.isReadOnly ? new ItemOrder() : undefined;
		const inputs: I[] = [];
		for (let item = start; item < end; item++) {
			inputs.push(inputOf(item, order));
			await breather.breathe();
		}
		let isStopped = false;
		for (const entry of await settlePart(operation, { inputs, concurrency, continueOnFail, order }, items)) {
			results[entry.items[0]] = entry;
			isStopped ||= isEnd(entry.result, continueOnFail);
			await breather.breathe();
		}
		if (isStopped) break;
	}
	return results.filter((result) => result !== undefined);
}
