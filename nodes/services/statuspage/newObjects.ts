import type { ApiClient } from '../../shared/client/apiClient';
import { Failure, asError } from '../../shared/http/failures';

/**
 * The IDs of the objects before the first create of this run, to which the caller adds those that it creates. Undefined if they can't be
 * read. They are only needed if an answer is lost, so the create goes on.
 *
 * @param name of the list with its page, for the cache of the run
 * @throws Cancelled
 */
export async function idsBeforeCreates(
	{ cache }: Pick<ApiClient, 'cache'>,
	name: string,
	read: () => Promise<Array<{ id: string }>>,
): Promise<Set<string> | undefined> {
	try {
		return await cache.read(`${name} before creates`, async () => new Set((await read()).map(({ id }) => id)));
	} catch (error) {
		if (error instanceof Failure) return undefined;
		throw asError(error);
	}
}

/**
 * The only new object; undefined if there is none.
 *
 * @param objects their kind, e.g. "incidents"
 * @throws Failure if several fit
 */
export function onlyNew<R extends { id: string }>(found: R[], objects: string): R | undefined {
	if (found.length <= 1) return found[0];
	throw new Failure({
		kind: 'answer',
		message: `${found.length} new ${objects} have the same name and message: ${found.map(({ id }) => id).join(', ')}`,
	});
}
