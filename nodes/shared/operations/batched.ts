import type { IDataObject } from 'n8n-workflow';
import { Breather } from '../http/breather';
import type { Clock } from '../http/clock';
import type { Input } from './input';
import type { Batched, ParsedItem } from './operation';

/** The work of a batched operation, with the types of its targets and requests. */
export interface BatchedOperation<I extends Input, Target, Request> {
	/** Checks an item before anything is written. Throws Failure for an invalid item. */
	parse: (input: I) => Promise<ParsedItem<Target, Request>>;
	/** Handles the requests of several items for one target. Returns one result per request, in their order. */
	run: (input: I, target: Target, requests: Request[]) => Promise<Array<PromiseSettledResult<IDataObject>>>;
}

/** For an operation whose items are batched by target. */
export function batched<I extends Input, Target, Request>({
	parse,
	run,
}: BatchedOperation<I, Target, Request>): Batched<I> {
	return { runs: 'batched', parse, execute: run };
}

/** The result of one request of a batch. An error in `work` only belongs to this request. */
export function settle(work: () => IDataObject): PromiseSettledResult<IDataObject> {
	try {
		return { status: 'fulfilled', value: work() };
	} catch (reason) {
		return { status: 'rejected', reason };
	}
}

/** The results of the requests of a batch. A batch can have a hundred thousand requests, so other executions run in between. */
export async function settleEach<T>(
	parts: readonly T[],
	clock: Clock,
	work: (part: T, index: number) => IDataObject,
): Promise<Array<PromiseSettledResult<IDataObject>>> {
	const breather = new Breather(clock);
	const results: Array<PromiseSettledResult<IDataObject>> = [];
	for (const [index, part] of parts.entries()) {
		await breather.breathe();
		results.push(settle(() => work(part, index)));
	}
	return results;
}

/** Async version of `settle`, for work that returns a settled result. */
export async function settleAsync(
	work: () => Promise<PromiseSettledResult<IDataObject>>,
): Promise<PromiseSettledResult<IDataObject>> {
	try {
		return await work();
	} catch (reason) {
		return { status: 'rejected', reason };
	}
}
