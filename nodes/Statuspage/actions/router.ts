import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../../shared/transport/clock';
import { Cancelled, Failure } from '../../shared/transport/failures';
import { detailsOf, toNodeError } from '../../shared/transport/nodeError';
import type { RunReport } from '../../shared/transport/runReport';
import { connectToStatuspage } from '../api/connect';
import { endpoints } from '../api/endpoints';
import { operationOf } from './index';
import { concurrencyOf, patienceOf } from './fields/options';
import { Input } from './input';
import { ItemOrder } from './itemOrder';
import type { Operation } from './operation';
import { sideBySide, type Ended } from '../../shared/transport/sideBySide';
import { lookUpViewers } from './viewersTogether';

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

/** True for an operation that changes something: its items keep their order where they mean the same object. */
function writes({ uses }: Operation): boolean {
	return uses.some((name) => endpoints[name].method !== 'GET');
}

/** Every item for itself, side by side. */
async function eachAlone(
	operation: Operation,
	{ count, concurrency, clock }: { count: number; concurrency: number; clock: Clock },
	goesOn: boolean,
	inputOf: (item: number, order?: ItemOrder) => Input,
): Promise<Array<Ended<IDataObject | IDataObject[]> | undefined>> {
	const order = writes(operation) ? new ItemOrder() : undefined;
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
async function asOne(context: IExecuteFunctions, work: NonNullable<Operation['executeAsOne']>, inputs: Input[], concurrency: number): Promise<INodeExecutionData[]> {
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
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const { length: count } = items;
	if (count === 0) return [[]];
	let operation: Operation;
	let connected: Awaited<ReturnType<typeof connectToStatuspage>>;
	try {
		operation = operationOf(String(context.getNodeParameter('resource', 0)), String(context.getNodeParameter('operation', 0)));
		connected = await connectToStatuspage(context, patienceOf(context));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	const { api, organizationId } = connected;
	const { serviceName, report, clock } = api.connection;
	const goesOn = context.continueOnFail();
	const inputOf = (item: number, order?: ItemOrder) => new Input(context, item, api, organizationId, order);
	const inputs = items.map((_, item) => inputOf(item));
	const concurrency = concurrencyOf(context);
	if (operation.executeAsOne) return [await asOne(context, operation.executeAsOne, inputs, concurrency)];
	if (count > 1) await lookUpViewers(operation, inputs);
	const ended =
		operation.executeAll && count > 1
			? await operation.executeAll(inputs, goesOn, concurrency)
			: await eachAlone(operation, { count, concurrency, clock }, goesOn, inputOf);
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
