import type { IDataObject } from 'n8n-workflow';
import { deleted as deletedAnywhere } from '../../shared/actions/deletion';
import type { Input } from './input';

/** Deletes one object of a page. */
export async function deleted(input: Input, pageId: string, find: () => Promise<string>, remove: (id: string) => Promise<unknown>): Promise<IDataObject> {
	return await deletedAnywhere(input, { find, remove, confirmPlace: async () => await input.api.call('getPage', { pageId }) });
}
