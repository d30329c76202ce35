import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runOptions, type RunOptions } from '../fields/options';
import { Breather } from '../http/breather';
import { settleConcurrently } from '../http/concurrently';
import { Cancelled, Failure } from '../http/failures';
import { toNodeError } from '../http/nodeError';
import type { RunReport } from '../http/runReport';
import { sharedKeyRemark } from '../http/sharedKeyRemark';
import { batchedParts, type Items } from './batchedParts';
import { resultsOf, type ItemResult } from './batchesOf';
import { gateOf, type Input } from './input';
import { errorOutputs, itemOutputs } from './itemOutputs';
import type { ItemOrder } from './itemOrder';
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
		options: RunOptions,
	) => Promise<(item: number, order?: ItemOrder) => I>;
	/** Looks up the objects of several items together. */
	prefetch?: (operation: O, inputs: I[]) => Promise<void>;
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

/** True if nothing more is started after this result. */
function isEnd(result: PromiseSettledResult<unknown> | undefined, continueOnFail: boolean): boolean {
	return result?.status === 'rejected' && (!continueOnFail || result.reason instanceof Cancelled);
}

/** Runs the chosen operation for every item. The output keeps the order of the items. */
export async function runItems<O extends Operation<I>, I extends Input>(
	context: IExecuteFunctions,
	{ resources, connect, prefetch }: NodeParts<O, I>,
): Promise<INodeExecutionData[][]> {
	const { length: count } = context.getInputData();
	if (count === 0) return [[]];
	const node = context.getNode();
	const continueOnFail = context.continueOnFail();
	let operation: O;
	let items: Items<I>;
	try {
		operation = operationOf(
			resources,
			String(context.getNodeParameter('resource', 0)),
			String(context.getNodeParameter('operation', 0)),
		);
		const options = optionsOf(context, operation, count);
		const inputOf = await connect(context, operation, options);
		items = {
			count,
			inputOf,
			prefetch: async (inputs) => await prefetch?.(operation, inputs),
			connection: inputOf(0).api.connection,
			concurrency: options.concurrency,
			continueOnFail,
		};
	} catch (error) {
		if (!continueOnFail || error instanceof Cancelled) throw toNodeError(node, error);
		// n8n passes the items of a node that throws to its first output, where they would count as processed.
		return [await errorOutputs(node, error, count)];
	}
	const { connection } = items;
	const { serviceName, report, clock } = connection;
	const repeatsItems = node.retryOnFail === true && !operation.isReadOnly;
	if (repeatsItems) report.remarks.add(RETRY_ON_FAIL);
	const breather = new Breather(clock);
	/** By the first item of each result. Items after one that stops the run have none. */
	const results: ItemResult[] = [];
	let isStopped = false;
	const keep = (entry: ItemResult) => {
		results[entry.items[0]] = entry;
		isStopped ||= isEnd(entry.result, continueOnFail);
	};
	for await (const { batches, invalid } of batchedParts<I>(operation, items)) {
		const settled = await settleConcurrently({
			count: batches.length,
			concurrency: items.concurrency,
			clock,
			run: (index) => batches[index].run(),
			stopsAfter: (batch) =>
				isEnd(batch, continueOnFail) ||
				(!continueOnFail && batch.status === 'fulfilled' && batch.value.some(isRejected)),
		});
		invalid.forEach(keep);
		for (const [index, batch] of batches.entries()) {
			for (const result of resultsOf(batch, settled[index], operation.runs === 'allItems')) {
				keep(result);
				await breather.breathe();
			}
		}
		if (isStopped) break;
	}
	const remark = sharedKeyRemark(connection);
	if (remark) report.remarks.add(remark);
	showHints(context, serviceName, report);
	const kept = results.filter((result) => result !== undefined);
	return [
		await itemOutputs(kept, { node, count, continueOnFail, clock, warning: repeatsItems ? RETRY_ON_FAIL : undefined }),
	];
}
