import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { Breather } from '../http/breather';
import { systemClock, type Clock } from '../http/clock';
import { Cancelled } from '../http/failures';
import { detailsOf, toNodeError } from '../http/nodeError';
import type { ItemResult } from './batchesOf';

/** Item numbers in words: "0–41, 43". */
export function itemNumbers(indexes: number[]): string {
	const ranges: Array<[number, number]> = [];
	for (const index of [...indexes].sort((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last && index === last[1] + 1) last[1] = index;
		else ranges.push([index, index]);
	}
	return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** Items of which a write was sent, but not answered before the execution was cancelled. */
function unansweredItems(results: ItemResult[]): number[] {
	return results.flatMap(({ items, result }) =>
		result?.status === 'rejected' && result.reason instanceof Cancelled && result.reason.mayHaveArrived ? items : [],
	);
}

const pairedTo = (items: number[]) => (items.length === 1 ? { item: items[0] } : items.map((item) => ({ item })));

/** The output for items that failed. */
function errorOutput(node: INode, error: unknown, items: number[]): INodeExecutionData {
	return {
		json: {
			error: toNodeError(node, error, items.length === 1 ? items[0] : undefined).message,
			details: detailsOf(error) as IDataObject,
		},
		pairedItem: pairedTo(items),
	};
}

/** The same error for each of `count` items. */
export async function errorOutputs(node: INode, error: unknown, count: number): Promise<INodeExecutionData[]> {
	const breather = new Breather(systemClock);
	const outputs: INodeExecutionData[] = [];
	for (let item = 0; item < count; item++) {
		outputs.push(errorOutput(node, error, [item]));
		await breather.breathe();
	}
	return outputs;
}

export interface OutputOptions {
	node: INode;
	/** The number of items. */
	count: number;
	continueOnFail: boolean;
	clock: Clock;
	/** A sentence for the error that stops the run. */
	warning?: string;
}

/** What happened to the other items when an error stopped the run. */
function notesOn(results: ItemResult[], warning: string | undefined): string | undefined {
	const processed = results.flatMap(({ items, result }) => (result?.status === 'fulfilled' ? items : []));
	const before =
		processed.length > 0 ? `Items already processed: ${itemNumbers(processed)}` : 'No items were processed';
	const unanswered = unansweredItems(results);
	const notes = [
		...(results.length > 1 ? [before] : []),
		...(unanswered.length > 0
			? [`Items that were sent, but not answered: ${itemNumbers(unanswered)}. They may have been processed`]
			: []),
		...(warning === undefined ? [] : [warning]),
	];
	return notes.join('. ') || undefined;
}

/**
 * The outputs of all items, in their order.
 *
 * @throws NodeApiError or NodeOperationError for the first failed item, unless the run continues on fail
 */
export async function itemOutputs(
	results: ItemResult[],
	{ node, count, continueOnFail, clock, warning }: OutputOptions,
): Promise<INodeExecutionData[]> {
	// Outputs without items come from all of them. They share one list, because both can have thousands of entries.
	const toAll = pairedTo(Array.from({ length: count }, (_, item) => item));
	const outputs: INodeExecutionData[] = [];
	const breather = new Breather(clock);
	for (const { items, result } of results) {
		await breather.breathe();
		if (!result) continue;
		if (result.status === 'fulfilled') {
			for (const { json, binary, items: from } of result.value) {
				outputs.push({ json, ...(binary ? { binary } : {}), pairedItem: from.length > 0 ? pairedTo(from) : toAll });
				await breather.breathe();
			}
		} else if (continueOnFail && !(result.reason instanceof Cancelled)) {
			outputs.push(errorOutput(node, result.reason, items));
		} else {
			throw toNodeError(node, result.reason, items.length === 1 ? items[0] : undefined, notesOn(results, warning));
		}
	}
	return outputs;
}
