import type { IDataObject } from 'n8n-workflow';
import { passOn } from '../http/failures';
import type { Input } from './input';
import type { Operation } from './operation';
import { sideBySide, type Ended } from '../http/sideBySide';

/** What one item asks for, and of which object. */
export interface Asked<Target, Wish> {
	/** The same for items that mean the same object. */
	key: string;
	target: Target;
	wish: Wish;
}

/** Items that address the same object, done with one read and one write. */
export interface SharedWork<I extends Input, Target, Wish> {
	/** Judges an item and says what it asks for. Throws for something impossible; the others go on. */
	ask: (input: I) => Promise<Asked<Target, Wish>>;
	/** Does what several items wish of one object; answers for each, in the same order. */
	work: (input: I, target: Target, wishes: Wish[]) => Promise<Array<Ended<IDataObject>>>;
}

/**
 * Does the work of all items, once for each object.
 *
 * @param goesOn false: nothing is done when any item asks for something impossible
 * @param concurrency how many items are looked up, or objects worked on, at a time
 */
async function together<I extends Input, Target, Wish>(
	{ ask, work }: SharedWork<I, Target, Wish>,
	inputs: I[],
	goesOn: boolean,
	concurrency: number,
): Promise<Array<Ended<IDataObject> | undefined>> {
	const stopsAfter = () => false;
	const [{ api }] = inputs;
	const { clock } = api.connection;
	const asked = await sideBySide({
		count: inputs.length,
		concurrency,
		clock,
		stopsAfter,
		run: async (item) => await judged(ask, inputs[item]),
	});
	const results = asked.map((entry) => (entry && 'error' in entry ? entry : undefined)) as Array<
		Ended<IDataObject> | undefined
	>;
	if (!goesOn && results.some((result) => result !== undefined)) return results;

	const byObject = new Map<string, Array<{ item: number; asked: Asked<Target, Wish> }>>();
	asked.forEach((entry, item) => {
		if (!entry || 'error' in entry) return;
		const { key } = entry.value;
		byObject.set(key, [...(byObject.get(key) ?? []), { item, asked: entry.value }]);
	});
	const objects = [...byObject.values()];
	const ended = await sideBySide<Array<Ended<IDataObject>>>({
		count: objects.length,
		concurrency,
		clock,
		stopsAfter: (result) => !goesOn && ('error' in result || result.value.some((item) => 'error' in item)),
		run: async (index) => {
			const items = objects[index];
			return await work(
				inputs[items[0].item],
				items[0].asked.target,
				items.map((entry) => entry.asked.wish),
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
	ask: SharedWork<I, Target, Wish>['ask'],
	input: I,
): Promise<Asked<Target, Wish>> {
	void input.values;
	return await ask(input);
}

async function alone<I extends Input, Target, Wish>(
	{ ask, work }: SharedWork<I, Target, Wish>,
	input: I,
): Promise<IDataObject> {
	const { target, wish } = await judged(ask, input);
	const [ended] = await work(input, target, [wish]);
	if ('error' in ended) throw passOn(ended.error);
	return ended.value;
}

/** How an operation behaves whose items are done together where they address the same object. */
export function doneTogether<I extends Input, Target, Wish>(
	shared: SharedWork<I, Target, Wish>,
): Pick<Operation<I>, 'execute' | 'executeAll'> {
	return {
		execute: async (input) => await alone(shared, input),
		executeAll: async (inputs, goesOn, concurrency) => await together(shared, inputs, goesOn, concurrency),
	};
}

/** The same for work that takes time; only its own errors are the item's: a cancelled run ends as a whole. */
export async function endedAfter(work: () => Promise<Ended<IDataObject>>): Promise<Ended<IDataObject>> {
	try {
		return await work();
	} catch (error) {
		return { error };
	}
}

/** What `make` makes of a part of the work; whatever it throws is that item's own. */
export function endedWith(make: () => IDataObject): Ended<IDataObject> {
	try {
		return { value: make() };
	} catch (error) {
		return { error };
	}
}
