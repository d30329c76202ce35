import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Endpoint } from '../api/endpoint';
import type { Clock } from '../transport/clock';
import type { Patience } from '../transport/connect';
import { Cancelled, Failure } from '../transport/failures';
import { detailsOf, toNodeError } from '../transport/nodeError';
import type { RunReport } from '../transport/runReport';
import { sideBySide, type Ended } from '../transport/sideBySide';
import { concurrencyOf, patienceOf } from './fields/options';
import type { Input } from './input';
import { ItemOrder } from './itemOrder';
import type { Operation, Resource } from './operation';
import { operationOf, writes } from './properties';

/** What a node is made of. */
export interface NodeParts<I extends Input, Name extends string> {
	resources: ReadonlyArray<Resource<I, Name>>;
	endpoints: Record<Name, Endpoint>;
	/** Connects one run; answers with what makes the input of an item. Throws Failure. */
	connect: (patience: Patience) => Promise<(item: number, order?: ItemOrder) => I>;
	/** Looks up at once what several items will ask for. */
	lookAhead?: (operation: Operation<I, Name>, inputs: I[]) => Promise<void>;
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

/** Every item for itself, side by side. */
async function eachAlone<I extends Input>(
	operation: Operation<I>,
	{ count, concurrency, clock, order }: { count: number; concurrency: number; clock: Clock; order?: ItemOrder },
	goesOn: boolean,
	inputOf: (item: number, order?: ItemOrder) => I,
): Promise<Array<Ended<IDataObject | IDataObject[]> | undefined>> {
	return await sideBySide({
		count,
		concurrency,
		clock,
		run: async (item) => {
			order?.begin(item);
			try {
				if (!operation.execute) throw new Failure({ kind: 'forbidden', message: `The operation ${operation.name} does nothing for single items` });
				return await operation.execute(inputOf(item, order));
			} finally {
				order?.end(item);
			}
		},
		stopsAfter: (result) => 'error' in result && (!goesOn || result.error instanceof Cancelled),
	});
}

/** All items as one; an error belongs to all of them. */
async function asOne<I extends Input>(context: IExecuteFunctions, work: NonNullable<Operation<I>['executeAsOne']>, inputs: I[], concurrency: number): Promise<INodeExecutionData[]> {
	const all = inputs.map((_, item) => ({ item }));
	const [{ api }] = inputs;
	try {
		const outputs = await work(inputs, concurrency);
		return outputs.map(({ json, binary, items }) => ({ json, ...(binary ? { binary } : {}), pairedItem: items.length > 0 ? items.map((item) => ({ item })) : all }));
	} catch (error) {
		if (!context.continueOnFail() || error instanceof Cancelled) throw toNodeError(context.getNode(), error);
		return [{ json: { error: toNodeError(context.getNode(), error).message, details: detailsOf(error) as IDataObject }, pairedItem: all }];
	} finally {
		showHints(context, api.connection.serviceName, api.connection.report);
	}
}

/** Runs the chosen operation for every item, and keeps the items' order in what comes out. */
export async function runItems<I extends Input, Name extends string>(context: IExecuteFunctions, parts: NodeParts<I, Name>): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const { length: count } = items;
	if (count === 0) return [[]];
	let operation: Operation<I, Name>;
	let inputOf: (item: number, order?: ItemOrder) => I;
	try {
		operation = operationOf(parts.resources, String(context.getNodeParameter('resource', 0)), String(context.getNodeParameter('operation', 0)));
		inputOf = await parts.connect(patienceOf(context));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	const inputs = items.map((_, item) => inputOf(item));
	const { serviceName, report, clock } = inputs[0].api.connection;
	const goesOn = context.continueOnFail();
	const concurrency = concurrencyOf(context);
	if (operation.executeAsOne) return [await asOne(context, operation.executeAsOne, inputs, concurrency)];
	if (count > 1) await parts.lookAhead?.(operation, inputs);
	// Items that mean the same object write it in their order.
	const order = writes(operation, parts.endpoints) ? new ItemOrder() : undefined;
	const ended =
		operation.executeAll && count > 1
			? await operation.executeAll(inputs, goesOn, concurrency)
			: await eachAlone(operation, { count, concurrency, clock, order }, goesOn, inputOf);
	showHints(context, serviceName, report);

	const done = ended.flatMap((result, item) => (result && 'value' in result ? [item] : []));
	return [
		ended.flatMap((result, item) => {
			if (!result) return [];
			if ('value' in result) return [result.value].flat().map((json) => ({ json, pairedItem: { item } }));
			const { error } = result;
			if (goesOn && !(error instanceof Cancelled)) {
				const { message } = toNodeError(context.getNode(), error, item);
				return [{ json: { error: message, details: detailsOf(error) as IDataObject }, pairedItem: { item } }];
			}
			const doneBefore = done.length > 0 ? `Done before: item ${itemNumbers(done)}` : 'No item was done before';
			throw toNodeError(context.getNode(), error, item, count > 1 ? doneBefore : undefined);
		}),
	];
}
