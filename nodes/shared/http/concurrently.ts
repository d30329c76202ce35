import type { Clock } from './clock';

/** What came of one item. */
export type Ended<T> = { value: T } | { error: unknown };

export interface ConcurrentWork<T> {
	count: number;
	/** How many run at a time. */
	concurrency: number;
	clock: Clock;
	run: (item: number) => Promise<T>;
	/** No item is begun after one that this is true of. */
	stopsAfter: (ended: Ended<T>) => boolean;
}

/**
 * Runs items side by side, begun in their order. Those that run when another one stops the rest still end, so that what was done is
 * known; items that were not begun have no entry in the answer.
 */
export async function settleConcurrently<T>({
	count,
	concurrency,
	clock,
	run,
	stopsAfter,
}: ConcurrentWork<T>): Promise<Array<Ended<T> | undefined>> {
	const results = new Array<Ended<T> | undefined>(count).fill(undefined);
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const item = next++;
			let ended: Ended<T>;
			try {
				ended = { value: await run(item) };
			} catch (error) {
				ended = { error };
			}
			results[item] = ended;
			if (stopsAfter(ended)) next = count;
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
 * Runs the same for each entry, side by side, where all results are needed.
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
		run: async (index) => await run(entries[index]),
		stopsAfter: (ended) => 'error' in ended,
	});
	const values: R[] = [];
	for (const ended of results) {
		if (ended && 'error' in ended) throw ended.error;
		if (ended) values.push(ended.value);
	}
	return values;
}
