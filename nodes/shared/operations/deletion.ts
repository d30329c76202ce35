import type { IDataObject } from 'n8n-workflow';
import type { Ids } from '../client/apiClient';
import { Failure, hasStatus, asError } from '../http/failures';
import type { Input } from './input';

export interface Deletion {
	/** Which object the item means. Throws Failure with `isNotFound` when a look-up that would show it did not. */
	find: () => Promise<string>;
	remove: (id: string) => Promise<void>;
	/** What the object is in. */
	place: Ids;
	/** Throws Failure when the text is no ID, and something has it as another name: then its 404 is no proof. */
	requireNoOtherName?: (id: string) => Promise<void>;
}

/**
 * Deletes one object. With Ignore If Missing an object that is not there is no failure, unless its page or directory is what is missing:
 * a leaver must not count as gone because an ID was mistyped.
 */
export async function deleted(
	{ values, api }: Input,
	{ find, remove, place, requireNoOtherName }: Deletion,
): Promise<IDataObject> {
	let id: string | undefined;
	try {
		id = await find();
		await remove(id);
		return { deleted: true, id };
	} catch (error) {
		if (!values.collection('options').flag('ignoreIfMissing')) throw asError(error);
		const isUnknown = error instanceof Failure && error.facts.isNotFound === true;
		if (!isUnknown) {
			if (id === undefined || !hasStatus(error, 404)) throw asError(error);
			// A look-up that found nothing has read the list of the place.
			await api.confirmPlace(place);
			await requireNoOtherName?.(id);
		}
		return { deleted: false, ...(id === undefined ? {} : { id }) };
	}
}
