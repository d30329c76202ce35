import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runOptions, type RunOptions } from '../fields/options';
import type { Clock } from '../http/clock';
import type { TimeLimits } from '../http/connect';
import { Cancelled, Failure } from '../http/failures';
import { detailsOf, toNodeError } from '../http/nodeError';
import type { RunReport } from '../http/runReport';
import { settleConcurrently, type Ended } from '../http/concurrently';
import { gateOf, type Input } from './input';
import { ItemOrder } from './itemOrder';
import type { Operation, Resource } from './operation';
import { operationOf } from './properties';
import { Values } from './values';

/** What a node is made of. */
export interface NodeParts<I extends Input, Name extends string> {
	resources: ReadonlyArray<Resource<I, Name>>;
	/** Connects one run; answers with what makes the input of an item. Throws Failure. */
	connect: (operation: Operation<I, Name>, timeLimits: TimeLimits) => Promise<(item: number, order?: ItemOrder) => I>;
	/** Looks up at once what several items will ask for. */
	prefetch?: (operation: Operation<I, Name>, inputs: I[]) => Promise<void>;
}

/** Which items were done, in words: "0–41, 43". */
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

/** The options of the first item that has good ones hold for the run; items with bad ones fail for themselves. */
function optionsOf(context: IExecuteFunctions, { fields }: Pick<Operation, 'fields'>, count: number): RunOptions {
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
	"'Retry On Fail' is on for this node: n8n then repeats all items, also those that are done. Turn it off. The node repeats requests by itself";

/** Every item for itself, side by side. */
async function runPerItem<I extends Input>(
	operation: Operation<I>,
	inputs: I[],
	{ concurrency, clock, order }: { concurrency: number; clock: Clock; order?: ItemOrder },
	continueOnFail: boolean,
): Promise<Array<Ended<IDataObject | IDataObject[]> | undefined>> {
	return await settleConcurrently({
		count: inputs.length,
		concurrency,
		clock,
		run: async (item) => {
			const input = inputs[item];
			order?.begin(item);
			try {
				// All values are judged before the operation begins.
				void input.values;
				if (!operation.execute) throw new Error(`The operation ${operation.value} does nothing for single items`);
				return await operation.execute(input);
			} finally {
				order?.end(item);
			}
		},
		stopsAfter: (result) => 'error' in result && (!continueOnFail || result.error instanceof Cancelled),
	});
}

/** All items as one; an error belongs to all of them. */
async function runAllItems<I extends Input>(
	context: IExecuteFunctions,
	work: NonNullable<Operation<I>['executeAsOne']>,
	inputs: I[],
	concurrency: number,
): Promise<INodeExecutionData[]> {
	const all = inputs.map((_, item) => ({ item }));
	const [{ api }] = inputs;
	try {
		const outputs = await work(inputs, concurrency);
		return outputs.map(({ json, binary, items }) => ({
			json,
			...(binary ? { binary } : {}),
			pairedItem: items.length > 0 ? items.map((item) => ({ item })) : all,
		}));
	} catch (error) {
		if (!context.continueOnFail() || error instanceof Cancelled) throw toNodeError(context.getNode(), error);
		return [
			{
				json: { error: toNodeError(context.getNode(), error).message, details: detailsOf(error) as IDataObject },
				pairedItem: all,
			},
		];
	} finally {
		showHints(context, api.connection.serviceName, api.connection.report);
	}
}

/** Runs the chosen operation for every item, and keeps the items' order in what comes out. */
export async function runItems<I extends Input, Name extends string>(
	context: IExecuteFunctions,
	parts: NodeParts<I, Name>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const { length: count } = items;
	if (count === 0) return [[]];
	const node = context.getNode();
	let operation: Operation<I, Name>;
	let inputOf: (item: number, order?: ItemOrder) => I;
	let concurrency: number;
	try {
		operation = operationOf(
			parts.resources,
			String(context.getNodeParameter('resource', 0)),
			String(context.getNodeParameter('operation', 0)),
		);
		const options = optionsOf(context, operation, count);
		({ concurrency } = options);
		inputOf = await parts.connect(operation, options);
	} catch (error) {
		if (!context.continueOnFail() || error instanceof Cancelled) throw toNodeError(node, error);
		// n8n passes the items of a node that throws to its first output, where they would count as done.
		return [
			items.map((_, item) => ({
				json: { error: toNodeError(node, error).message, details: detailsOf(error) as IDataObject },
				pairedItem: { item },
			})),
		];
	}
	const sharesWork = operation.executeAll !== undefined && count > 1;
	// Items that mean the same object write it in their order.
	const order = operation.isReadOnly || sharesWork || operation.executeAsOne ? undefined : new ItemOrder();
	const inputs = items.map((_, item) => inputOf(item, order));
	const { serviceName, report, clock } = inputs[0].api.connection;
	const continueOnFail = context.continueOnFail();
	const repeatsItems = node.retryOnFail === true && !operation.isReadOnly;
	if (repeatsItems) report.remarks.add(RETRY_ON_FAIL);
	if (operation.executeAsOne) return [await runAllItems(context, operation.executeAsOne, inputs, concurrency)];
	if (count > 1) await parts.prefetch?.(operation, inputs);
	const ended =
		sharesWork && operation.executeAll
			? await operation.executeAll(inputs, continueOnFail, concurrency)
			: await runPerItem(operation, inputs, { concurrency, clock, order }, continueOnFail);
	showHints(context, serviceName, report);

	const done = ended.flatMap((result, item) => (result && 'value' in result ? [item] : []));
	return [
		ended.flatMap((result, item) => {
			if (!result) return [];
			if ('value' in result) return [result.value].flat().map((json) => ({ json, pairedItem: { item } }));
			const { error } = result;
			if (continueOnFail && !(error instanceof Cancelled)) {
				const { message } = toNodeError(node, error, item);
				return [{ json: { error: message, details: detailsOf(error) as IDataObject }, pairedItem: { item } }];
			}
			const doneBefore = done.length > 0 ? `Done before: item ${itemNumbers(done)}` : 'No item was done before';
			throw toNodeError(
				node,
				error,
				item,
				[...(count > 1 ? [doneBefore] : []), ...(repeatsItems ? [RETRY_ON_FAIL] : [])].join('. ') || undefined,
			);
		}),
	];
}
