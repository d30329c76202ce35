import type { Clock } from './clock';

export interface ConcurrentWork<T> {
	count: number;
	/** How many run at a time. */
	concurrency: number;
	clock: Clock;
	run: (index: number) => Promise<T>;
	/** Nothing is begun after a result that this is true of. Without it, everything is. */
	stopsAfter?: (result: PromiseSettledResult<T>) => boolean;
}

/**
 * Runs work concurrently, begun in its order. What runs when a result stops the rest still ends, so that what was done is known.
 *
 * @returns the results in the order of the work; undefined for what was not begun
 */
export async function settleConcurrently<T>({
	count,
	concurrency,
	clock,
	run,
	stopsAfter = () => false,
}: ConcurrentWork<T>): Promise<Array<PromiseSettledResult<T> | undefined>> {
	const results = new Array<PromiseSettledResult<T> | undefined>(count).fill(undefined);
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
		}
	};
	const workers = [worker()];
	while (workers.length < concurrency && next < count) {
		// Begun all in one go, none would be on the wire before the last one is prepared.
		await clock.sleep(0);
		workers.push(worker());
	}
	await Promise.all(workers);
	return results;
}

/**
 * Runs the same for each entry, concurrently, where all results are needed.
 *
 * @returns the results, in the order of the entries
 * @throws the first error; nothing is begun after it
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
