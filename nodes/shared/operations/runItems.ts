import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runOptions, type RunOptions } from '../fields/options';
import { settleConcurrently } from '../http/concurrently';
import type { TimeLimits } from '../http/timeLimits';
import { Cancelled, Failure } from '../http/failures';
import { detailsOf, toNodeError } from '../http/nodeError';
import type { RunReport } from '../http/runReport';
import { sharedKeyRemark } from '../http/sharedKeyRemark';
import { batchesOf, resultsOf, type Run } from './batchesOf';
import { gateOf, type Input } from './input';
import { ItemOrder } from './itemOrder';
import type { Operation, OperationTexts, Resource } from './operation';
import { operationOf } from './properties';
import { Values } from './values';

/** The parts of a node. */
export interface NodeParts<O extends OperationTexts, I extends Input> {
	resources: ReadonlyArray<Resource<O>>;
	/** Connects one run. Returns a function that creates the input of an item. Throws Failure. */
	connect: (
		context: IExecuteFunctions,
		operation: O,
		timeLimits: TimeLimits,
	) => Promise<(item: number, order?: ItemOrder) => I>;
	/** Looks up the objects of several items together. */
	prefetch?: (operation: O, inputs: I[]) => Promise<void>;
}

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

/** Hosts before 2.x may lack hints in some contexts. */
function showHints(context: IExecuteFunctions, serviceName: string, report: RunReport): void {
	const summary = report.summary(serviceName);
	const hints = [
		...(summary ? [{ message: summary, type: 'info' as const }] : []),
		...[...report.remarks].map((message) => ({ message, type: 'warning' as const })),
		...[...report.alarms].map((message) => ({ message, type: 'danger' as const })),
	];
	for (const hint of hints) context.addExecutionHints?.({ ...hint, location: 'outputPane' });
}

/** The options of the first item whose options are valid hold for the run; items with invalid ones fail by themselves. */
function optionsOf(context: IExecuteFunctions, { fields }: OperationTexts, count: number): RunOptions {
	for (let item = 0; item < count; item++) {
		try {
			const options = gateOf(context, item, fields).value('options');
			return runOptions(options instanceof Values ? options : undefined);
		} catch (error) {
			if (!(error instanceof Failure)) throw toNodeError(context.getNode(), error, item);
		}
	}
	return runOptions();
}

const RETRY_ON_FAIL =
	"'Retry On Fail' is on for this node, so n8n repeats all items, including those that were processed. Turn it off: the node retries requests by itself";

const isRejected = ({ status }: PromiseSettledResult<unknown>) => status === 'rejected';

const pairedTo = (items: number[]) => (items.length === 1 ? { item: items[0] } : items.map((item) => ({ item })));

/** Runs the chosen operation for every item. The output keeps the order of the items. */
export async function runItems<O extends Operation<I>, I extends Input>(
	context: IExecuteFunctions,
	{ resources, connect, prefetch }: NodeParts<O, I>,
): Promise<INodeExecutionData[][]> {
	const { length: count } = context.getInputData();
	if (count === 0) return [[]];
	const node = context.getNode();
	const all = Array.from({ length: count }, (_, item) => item);
	const continueOnFail = context.continueOnFail();
	const errorOutput = (error: unknown, items: number[]): INodeExecutionData => ({
		json: {
			error: toNodeError(node, error, items.length === 1 ? items[0] : undefined).message,
			details: detailsOf(error) as IDataObject,
		},
		pairedItem: pairedTo(items),
	});

	let operation: O;
	let run: Run<I>;
	try {
		operation = operationOf(
			resources,
			String(context.getNodeParameter('resource', 0)),
			String(context.getNodeParameter('operation', 0)),
		);
		const options = optionsOf(context, operation, count);
		const inputOf = await connect(context, operation, options);
		// Items with the same target write it in their order.
		const order = operation.runs === 'perItem' && !operation.isReadOnly ? new ItemOrder() : undefined;
		run = { inputs: all.map((item) => inputOf(item, order)), concurrency: options.concurrency, continueOnFail, order };
	} catch (error) {
		if (!continueOnFail || error instanceof Cancelled) throw toNodeError(node, error);
		// n8n passes the items of a node that throws to its first output, where they would count as processed.
		return [all.map((item) => errorOutput(error, [item]))];
	}
	const { connection } = run.inputs[0].api;
	const { serviceName, report, clock } = connection;
	const repeatsItems = node.retryOnFail === true && !operation.isReadOnly;
	if (repeatsItems) report.remarks.add(RETRY_ON_FAIL);
	if (count > 1) await prefetch?.(operation, run.inputs);
	const { batches, invalid } = await batchesOf<I>(operation, run);
	const settled = await settleConcurrently({
		count: batches.length,
		concurrency: run.concurrency,
		clock,
		run: (index) => batches[index].run(),
		stopsAfter: (batch) =>
			batch.status === 'rejected'
				? !continueOnFail || batch.reason instanceof Cancelled
				: !continueOnFail && batch.value.some(isRejected),
	});
	const results = [
		...invalid,
		...batches.flatMap((batch, index) => resultsOf(batch, settled[index], operation.runs === 'allItems')),
	].sort((a, b) => a.items[0] - b.items[0]);
	const remark = sharedKeyRemark(connection);
	if (remark) report.remarks.add(remark);
	showHints(context, serviceName, report);

	const outputs = results.map(({ items, result }): INodeExecutionData[] => {
		if (!result) return [];
		if (result.status === 'fulfilled') {
			return result.value.map(({ json, binary, items: from }) => ({
				json,
				...(binary ? { binary } : {}),
				pairedItem: pairedTo(from.length > 0 ? from : all),
			}));
		}
		if (continueOnFail && !(result.reason instanceof Cancelled)) return [errorOutput(result.reason, items)];
		const processed = results.flatMap((other) => (other.result?.status === 'fulfilled' ? other.items : []));
		const before =
			processed.length > 0 ? `Items already processed: ${itemNumbers(processed)}` : 'No items were processed';
		const notes = [...(results.length > 1 ? [before] : []), ...(repeatsItems ? [RETRY_ON_FAIL] : [])];
		throw toNodeError(node, result.reason, items.length === 1 ? items[0] : undefined, notes.join('. ') || undefined);
	});
	return [outputs.flat()];
}
