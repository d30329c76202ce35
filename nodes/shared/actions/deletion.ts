import type { IDataObject } from 'n8n-workflow';
import { Failure, hasStatus, passOn } from '../transport/failures';
import type { Input } from './input';

export interface Deletion {
	/** Which object the item means. */
	find: () => Promise<string>;
	remove: (id: string) => Promise<unknown>;
	/** Throws when what the object should be in is missing itself. */
	confirmPlace: () => Promise<unknown>;
}

/**
 * Deletes one object. With Ignore If Missing an object that is not there is no failure, unless its page or directory is what is missing:
 * a leaver must not count as gone because an ID was mistyped.
 */
export async function deleted(input: Input, { find, remove, confirmPlace }: Deletion): Promise<IDataObject> {
	let id: string | undefined;
	try {
		id = await find();
		await remove(id);
		return { deleted: true, id };
	} catch (error) {
		const isUnknown = error instanceof Failure && error.facts.isNotFound === true;
		const isIgnored = input.collection('options').ignoreIfMissing === true && (isUnknown || hasStatus(error, 404));
		if (!isIgnored) throw passOn(error);
		// A look-up that found nothing has read the list of the place.
		if (!isUnknown) await confirmPlace();
		return { deleted: false, ...(id === undefined ? {} : { id }) };
	}
}
