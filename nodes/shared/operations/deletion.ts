import type { IDataObject } from 'n8n-workflow';
import type { ApiClient, Ids } from '../client/apiClient';
import { Failure, hasStatus, asError } from '../http/failures';
import { dryRun } from './dryRun';
import type { Input } from './input';

export interface Deletion<R extends object = object> {
	/** The kind of object, e.g. "viewer". */
	noun: string;
	/** The ID of the item's object. Throws Failure with `isNotFound` if a complete look-up did not find it. */
	find: () => Promise<string>;
	/** The object as it is now, for a dry run. Throws Failure with status 404 if it does not exist. */
	read: (id: string) => Promise<R>;
	/** Returns the deleted object if the answer contains it. */
	remove: (id: string) => Promise<R | undefined>;
	/** The object for the output; all its fields if left out. */
	shown?: (row: R) => object;
	/** IDs of the page or other object that contains it. */
	place: Ids;
	/** Throws Failure if the ID is another identifier of an existing object, whose 404 would be no evidence of absence. */
	rejectOtherIdentifier?: (id: string) => Promise<void>;
}

/** @throws the error, unless the option 'Ignore If Missing' is on and the error shows that the object is missing */
async function requireMissing(
	error: unknown,
	{ values, api }: Input<ApiClient>,
	{ place, rejectOtherIdentifier }: Pick<Deletion, 'place' | 'rejectOtherIdentifier'>,
	id: string | undefined,
): Promise<void> {
	if (!values.collection('options').flag('ignoreIfMissing')) throw asError(error);
	if (error instanceof Failure && error.facts.isNotFound === true) return;
	if (id === undefined || !hasStatus(error, 404)) throw asError(error);
	// `find` confirms the place itself, because it reads a list of it. A 404 doesn't.
	await api.confirmPlace(place);
	await rejectOtherIdentifier?.(id);
}

/**
 * Deletes one object. With the option 'Ignore If Missing', a missing object is reported as `deleted: false`. A missing page or directory
 * is still a failure, because a mistyped ID must not make a leaver look deleted. With the option 'Dry Run', the object is only read.
 *
 * @returns `{ deleted, id }`, and `before` with the deleted object if the answer contains it
 *
 * @throws Failure if the object is missing or could not be deleted; Cancelled
 */
export async function deleted<R extends object>(input: Input<ApiClient>, deletion: Deletion<R>): Promise<IDataObject> {
	const { noun, find, read, remove, shown = (row: R) => row } = deletion;
	const { isDryRun } = input;
	let id: string | undefined;
	try {
		id = await find();
		if (isDryRun) return dryRun(input, { would: `delete ${noun}`, before: shown(await read(id)), after: null });
		const row = await remove(id);
		return { deleted: true, id, ...(row ? { before: shown(row) as IDataObject } : {}) };
	} catch (error) {
		await requireMissing(error, input, deletion, id);
		if (isDryRun)
			return dryRun(input, { would: `do nothing, because the ${noun} does not exist`, before: null, after: null });
		return { deleted: false, ...(id === undefined ? {} : { id }) };
	}
}
