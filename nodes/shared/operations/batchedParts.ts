import { Breather } from '../http/breather';
import { batchesOf, type Batch, type ItemResult } from './batchesOf';
import type { Input, RunConnection } from './input';
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
	connection: RunConnection;
}

/**
 * Reads items part by part, looks up their objects, and groups them. The next part is read when the batches of the last one have run. A
 * cancelled look-up belongs to the first item of its part.
 */
export async function* batchedParts<I extends Input>(
	operation: Operation<I>,
	{ count, inputOf, prefetch, connection, concurrency, continueOnFail }: Items<I>,
): AsyncGenerator<{ batches: Batch[]; invalid: ItemResult[] }> {
	const breather = new Breather(connection.clock);
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
		try {
			if (inputs.length > 1) await prefetch(inputs);
		} catch (reason) {
			yield { batches: [], invalid: [{ items: [start], result: { status: 'rejected', reason } }] };
			continue;
		}
		yield await batchesOf(operation, { inputs, concurrency, continueOnFail, order });
	}
}
