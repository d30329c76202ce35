import { Breather } from './breather';
import type { Clock } from './clock';

export interface ConcurrentWork<T> {
	count: number;
	/** The largest number that runs at the same time. */
	concurrency: number;
	clock: Clock;
	run: (index: number) => Promise<T>;
	/** Nothing is started after a result for which this is true. Without it, everything is started. */
	stopsAfter?: (result: PromiseSettledResult<T>) => boolean;
}

/**
 * Runs work concurrently and starts it in its order. Work that is running when a result stops the rest is still awaited, so its result
 * is known.
 *
 * @returns the results in the order of the work; undefined for work that was not started
 */
export async function settleConcurrently<T>({
	count,
	concurrency,
	clock,
	run,
	stopsAfter = () => false,
}: ConcurrentWork<T>): Promise<Array<PromiseSettledResult<T> | undefined>> {
	const results = new Array<PromiseSettledResult<T> | undefined>(count).fill(undefined);
	// Work that sends nothing, e.g. reading parameters, would otherwise block the process until all of it is done.
	const breather = new Breather(clock);
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const index = next++;
			let result: PromiseSettledResult<T>;
			try {
				result = { status: 'fulfilled', value: await run(index) };
			} catch (reason) {
				result = { status: 'rejected', reason };
			}
			results[index] = result;
			if (stopsAfter(result)) next = count;
			await breather.breathe();
		}
	};
	const workers = [worker()];
	while (workers.length < concurrency && next < count) {
		// If all were started at once, no request would be sent before the last one is prepared.
		await clock.sleep(0);
		workers.push(worker());
	}
	await Promise.all(workers);
	return results;
}

/**
 * Runs the same for each entry, concurrently, if all results are needed.
 *
 * @returns the results, in the order of the entries
 * @throws the first error; nothing is started after it
 */
export async function mapConcurrently<T, R>(
	entries: readonly T[],
	{ concurrency, clock }: Pick<ConcurrentWork<R>, 'concurrency' | 'clock'>,
	run: (entry: T) => Promise<R>,
): Promise<R[]> {
	const results = await settleConcurrently({
		count: entries.length,
		concurrency,
		clock,
		run: (index) => run(entries[index]),
		stopsAfter: ({ status }) => status === 'rejected',
	});
	const values: R[] = [];
	for (const result of results) {
		if (result?.status === 'rejected') throw result.reason;
		if (result) values.push(result.value);
	}
	return values;
}
