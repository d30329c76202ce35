import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Cancelled } from '../../shared/transport/failures';
import { detailsOf, toNodeError } from '../../shared/transport/nodeError';
import type { RunReport } from '../../shared/transport/runReport';
import { connectToStatuspage } from '../api/connect';
import { operationOf } from './index';
import { Input } from './input';
import type { Operation } from './operation';
import { patienceOf } from './fields/options';

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
	];
	for (const hint of hints) context.addExecutionHints?.({ ...hint, location: 'outputPane' });
}

/** Runs the chosen operation for every item. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const results: INodeExecutionData[][] = [];
	const done: number[] = [];
	let operation: Operation;
	let connected: Awaited<ReturnType<typeof connectToStatuspage>>;
	try {
		operation = operationOf(String(context.getNodeParameter('resource', 0)), String(context.getNodeParameter('operation', 0)));
		connected = await connectToStatuspage(context, patienceOf(context));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
	const { api, organizationId } = connected;
	const { serviceName, report } = api.connection;
	for (let index = 0; index < items.length; index++) {
		try {
			const rows = await operation.execute(new Input(context, index, api, organizationId));
			results[index] = [rows].flat().map((json: IDataObject) => ({ json, pairedItem: { item: index } }));
			done.push(index);
		} catch (error) {
			if (error instanceof Cancelled || !context.continueOnFail()) {
				showHints(context, serviceName, report);
				const before = done.length > 0 ? `Done before: item ${itemNumbers(done)}` : undefined;
				throw toNodeError(context.getNode(), error, index, items.length > 1 ? (before ?? 'No item was done before') : undefined);
			}
			const { message } = toNodeError(context.getNode(), error, index);
			results[index] = [{ json: { error: message, details: detailsOf(error) as IDataObject }, pairedItem: { item: index } }];
		}
	}
	showHints(context, serviceName, report);
	return [results.flat()];
}
