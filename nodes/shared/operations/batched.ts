import type { IDataObject } from 'n8n-workflow';
import { asError } from '../http/failures';
import type { Input } from './input';
import type { Operation } from './operation';
import { settleConcurrently, type Ended } from '../http/concurrently';

/** What one item asks for, and of which object. */
export interface ParsedItem<Target, Wish> {
	/** The same for items that mean the same object. */
	key: string;
	target: Target;
	request: Wish;
}

/** Items that address the same object, done with one read and one write. */
export interface BatchedOperation<I extends Input, Target, Wish> {
	/** Judges an item and says what it asks for. Throws for something impossible; the others go on. */
	parse: (input: I) => Promise<ParsedItem<Target, Wish>>;
	/** Does what several items request of one object; answers for each, in the same order. */
	run: (input: I, target: Target, requests: Wish[]) => Promise<Array<Ended<IDataObject>>>;
}

/**
 * Does the work of all items, once for each object.
 *
 * @param continueOnFail false: nothing is done when any item asks for something impossible
 * @param concurrency how many items are looked up, or objects worked on, at a time
 */
async function runBatches<I extends Input, Target, Wish>(
	{ parse: ask, run: work }: BatchedOperation<I, Target, Wish>,
	inputs: I[],
	continueOnFail: boolean,
	concurrency: number,
): Promise<Array<Ended<IDataObject> | undefined>> {
	const stopsAfter = () => false;
	const [{ api }] = inputs;
	const { clock } = api.connection;
	const asked = await settleConcurrently({
		count: inputs.length,
		concurrency,
		clock,
		stopsAfter,
		run: async (item) => await judged(ask, inputs[item]),
	});
	const results = asked.map((entry) => (entry && 'error' in entry ? entry : undefined)) as Array<
		Ended<IDataObject> | undefined
	>;
	if (!continueOnFail && results.some((result) => result !== undefined)) return results;

	const byObject = new Map<string, Array<{ item: number; asked: ParsedItem<Target, Wish> }>>();
	asked.forEach((entry, item) => {
		if (!entry || 'error' in entry) return;
		const { key } = entry.value;
		byObject.set(key, [...(byObject.get(key) ?? []), { item, asked: entry.value }]);
	});
	const objects = [...byObject.values()];
	const ended = await settleConcurrently<Array<Ended<IDataObject>>>({
		count: objects.length,
		concurrency,
		clock,
		stopsAfter: (result) => !continueOnFail && ('error' in result || result.value.some((item) => 'error' in item)),
		run: async (index) => {
			const items = objects[index];
			return await work(
				inputs[items[0].item],
				items[0].asked.target,
				items.map((entry) => entry.asked.request),
			);
		},
	});
	ended.forEach((result, index) => {
		objects[index].forEach(({ item }, position) => {
			if (result) results[item] = 'value' in result ? result.value[position] : result;
		});
	});
	return results;
}

/** All values of an item are judged before anything is looked up for it. */
async function judged<I extends Input, Target, Wish>(
	ask: BatchedOperation<I, Target, Wish>['parse'],
	input: I,
): Promise<ParsedItem<Target, Wish>> {
	void input.values;
	return await ask(input);
}

async function alone<I extends Input, Target, Wish>(
	{ parse: ask, run: work }: BatchedOperation<I, Target, Wish>,
	input: I,
): Promise<IDataObject> {
	const { target, request: request } = await judged(ask, input);
	const [ended] = await work(input, target, [request]);
	if ('error' in ended) throw asError(ended.error);
	return ended.value;
}

/** How an operation behaves whose items are done together where they address the same object. */
export function batched<I extends Input, Target, Wish>(
	shared: BatchedOperation<I, Target, Wish>,
): Pick<Operation<I>, 'execute' | 'executeAll'> {
	return {
		execute: async (input) => await alone(shared, input),
		executeAll: async (inputs, continueOnFail, concurrency) =>
			await runBatches(shared, inputs, continueOnFail, concurrency),
	};
}

/** The same for work that takes time; only its own errors are the item's: a cancelled run ends as a whole. */
export async function settleAsync(work: () => Promise<Ended<IDataObject>>): Promise<Ended<IDataObject>> {
	try {
		return await work();
	} catch (error) {
		return { error };
	}
}

/** What `make` makes of a part of the work; whatever it throws is that item's own. */
export function settle(make: () => IDataObject): Ended<IDataObject> {
	try {
		return { value: make() };
	} catch (error) {
		return { error };
	}
}
