import type { IDataObject } from 'n8n-workflow';
import { Failure, hasStatus, passOn } from '../../shared/transport/failures';
import type { Input } from './input';

/**
 * Deletes one object of a page. With Ignore If Missing an object that is not there is no failure, unless the page is what is missing: a
 * leaver must not count as gone because the page's ID was mistyped.
 */
export async function deleted(input: Input, pageId: string, find: () => Promise<string>, remove: (id: string) => Promise<unknown>): Promise<IDataObject> {
	let id: string | undefined;
	try {
		id = await find();
		await remove(id);
		return { deleted: true, id };
	} catch (error) {
		const isUnknown = error instanceof Failure && error.facts.isNotFound === true;
		const isIgnored = input.collection('options').ignoreIfMissing === true && (isUnknown || hasStatus(error, 404));
		if (!isIgnored) throw passOn(error);
		// A look-up that found nothing has read the page's list.
		if (!isUnknown) await input.api.call('getPage', { pageId });
		return { deleted: false, ...(id === undefined ? {} : { id }) };
	}
}
