import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runOptions, type RunOptions } from '../fields/options';
import { Breather } from '../http/breather';
import { systemClock } from '../http/clock';
import { Cancelled, Failure } from '../http/failures';
import { detailsOf, toNodeError } from '../http/nodeError';
import type { RunReport } from '../http/runReport';
import { sharedKeyRemark } from '../http/sharedKeyRemark';
import type { ItemResult } from './batchesOf';
import { gateOf, type Input } from './input';
import type { ItemOrder } from './itemOrder';
import type { Operation, OperationTexts, Resource } from './operation';
import { operationOf } from './properties';
import { settleItems, type Items } from './settleItems';
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

/** Items of which a write was sent, but not answered before the execution was cancelled. */
function unansweredItems(results: ItemResult[]): number[] {
	return results.flatMap(({ items, result }) =>
		result?.status === 'rejected' && result.reason instanceof Cancelled && result.reason.mayHaveArrived ? items : [],
	);
}

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

	const errorOutputs = async (error: unknown): Promise<INodeExecutionData[]> => {
		const breather = new Breather(systemClock);
		const outputs: INodeExecutionData[] = [];
		for (const item of all) {
			outputs.push(errorOutput(error, [item]));
			await breather.breathe();
		}
		return outputs;
	};

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
		return [await errorOutputs(error)];
	}
	const { connection } = items;
	const { serviceName, report, clock } = connection;
	const repeatsItems = node.retryOnFail === true && !operation.isReadOnly;
	if (repeatsItems) report.remarks.add(RETRY_ON_FAIL);
	const results = await settleItems<I>(operation, items);
	const remark = sharedKeyRemark(connection);
	if (remark) report.remarks.add(remark);
	showHints(context, serviceName, report);

	// Outputs without items come from all of them. They share one list, because both can have thousands of entries.
	const toAll = pairedTo(all);
	const outputs: INodeExecutionData[] = [];
	const breather = new Breather(clock);
	for (const { items: of, result } of results) {
		if (result?.status === 'fulfilled') {
			for (const { json, binary, items: from } of result.value) {
				outputs.push({ json, ...(binary ? { binary } : {}), pairedItem: from.length > 0 ? pairedTo(from) : toAll });
				await breather.breathe();
			}
		} else if (result && continueOnFail && !(result.reason instanceof Cancelled)) {
			outputs.push(errorOutput(result.reason, of));
		} else if (result) {
			const processed = results.flatMap((other) => (other.result?.status === 'fulfilled' ? other.items : []));
			const before =
				processed.length > 0 ? `Items already processed: ${itemNumbers(processed)}` : 'No items were processed';
			const unanswered = unansweredItems(results);
			const notes = [
				...(results.length > 1 ? [before] : []),
				...(unanswered.length > 0
					? [`Items that were sent, but not answered: ${itemNumbers(unanswered)}. They may have been processed`]
					: []),
				...(repeatsItems ? [RETRY_ON_FAIL] : []),
			];
			throw toNodeError(node, result.reason, of.length === 1 ? of[0] : undefined, notes.join('. ') || undefined);
		}
		await breather.breathe();
	}
	return [outputs];
}
