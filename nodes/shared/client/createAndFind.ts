import { mayHaveArrived, asError } from '../http/failures';
import type { ApiClient } from './apiClient';
import type { Created } from './createOnce';
import { withLocks } from './locks';
import { CLOCK_TOLERANCE_MS, lookUpLost, uncertainCreate } from './lookUpLost';

export interface UnnamedCreation<R> {
	/** Equal for objects that `findEqual` cannot distinguish, e.g. the page and the name. */
	key: string;
	create: () => Promise<R>;
	/** All objects that are as the created one. Read only after a lost answer. */
	findEqual: () => Promise<R[]>;
	/** The creation date of an object, as text. */
	createdAt: (row: R) => unknown;
}

/**
 * Creates an object that has no unique value. A create whose answer was lost is never sent again, because the service would accept it
 * twice. The object is looked up instead: it is the only equal one that was created since, and not by an earlier item.
 *
 * @throws Failure; after a lost answer, it says what could not be found out
 */
export async function createAndFind<R extends { id: string }>(
	{ connection, cache }: Pick<ApiClient, 'connection' | 'cache'>,
	{ key, create, findEqual, createdAt }: UnnamedCreation<R>,
): Promise<Created<R>> {
	const name = `${connection.baseUrl} create ${key}`;
	const own = await cache.read(name, async () => new Set<string>());
	return await withLocks({ exclusive: [name] }, connection.signal, async () => {
		const sentAt = connection.clock.calendar();
		try {
			const row = await create();
			own.add(row.id);
			return { row, wasLost: false };
		} catch (error) {
			if (!mayHaveArrived(error)) throw asError(error);
			const isNew = (row: R) => !own.has(row.id) && Date.parse(String(createdAt(row))) >= sentAt - CLOCK_TOLERANCE_MS;
			const found = (await lookUpLost(findEqual, error)).filter(isNew);
			const [row] = found;
			if (found.length === 0) throw uncertainCreate(error, 'It was not found yet');
			if (found.length > 1)
				throw uncertainCreate(error, `These were created at the same time: ${found.map(({ id }) => id).join(', ')}`);
			own.add(row.id);
			return { row, wasLost: true };
		}
	});
}
