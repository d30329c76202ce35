import { passOn } from '../../../shared/http/failures';
import { sideBySide } from '../../../shared/http/sideBySide';
import type { StatuspageApi } from '../client';

/**
 * Runs `work` for each entry, so many at a time, and returns the results in the same order.
 *
 * @throws what the first entry that did not succeed threw; entries that were not begun are left out then
 */
export async function mapSideBySide<T, R>(api: StatuspageApi, entries: readonly T[], concurrency: number, work: (entry: T) => Promise<R>): Promise<R[]> {
	const ended = await sideBySide({
		count: entries.length,
		concurrency,
		clock: api.connection.clock,
		run: async (index) => await work(entries[index]),
		stopsAfter: (result) => 'error' in result,
	});
	const results: R[] = [];
	for (const result of ended) {
		if (result && 'error' in result) throw passOn(result.error);
		if (result) results.push(result.value);
	}
	return results;
}
