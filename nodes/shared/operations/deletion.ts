import type { IDataObject } from 'n8n-workflow';
import type { Ids } from '../client/apiClient';
import { Failure, hasStatus, asError } from '../http/failures';
import type { Input } from './input';

interface Deletion {
	/** The ID of the item's object. Throws Failure with `isNotFound` if a complete look-up did not find it. */
	find: () => Promise<string>;
	remove: (id: string) => Promise<void>;
	/** IDs of the page or other object that contains it. */
	place: Ids;
	/** Throws Failure if the ID is another identifier of an existing object, whose 404 would be no evidence of absence. */
	rejectOtherIdentifier?: (id: string) => Promise<void>;
}

/**
 * Deletes one object. With the option 'Ignore If Missing', a missing object is reported as `deleted: false`. A missing page or directory
 * is still a failure, because a mistyped ID must not make a leaver look deleted.
 */
export async function deleted(
	{ values, api }: Input,
	{ find, remove, place, rejectOtherIdentifier }: Deletion,
): Promise<IDataObject> {
	let id: string | undefined;
	try {
		id = await find();
		await remove(id);
		return { deleted: true, id };
	} catch (error) {
		if (!values.collection('options').flag('ignoreIfMissing')) throw asError(error);
		const isNotFound = error instanceof Failure && error.facts.isNotFound === true;
		if (!isNotFound) {
			if (id === undefined || !hasStatus(error, 404)) throw asError(error);
			// `find` confirms the place itself, because it reads a list of it. A 404 doesn't.
			await api.confirmPlace(place);
			await rejectOtherIdentifier?.(id);
		}
		return { deleted: false, ...(id === undefined ? {} : { id }) };
	}
}
