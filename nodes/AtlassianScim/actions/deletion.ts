import type { IDataObject } from 'n8n-workflow';
import { deleted as deletedAnywhere } from '../../shared/actions/deletion';
import type { Input } from './operation';

/** Deletes one object of the directory. */
export async function deleted(input: Input, find: () => Promise<string>, remove: (id: string) => Promise<unknown>): Promise<IDataObject> {
	return await deletedAnywhere(input, { find, remove, confirmPlace: async () => await input.api.call('getConfig', {}) });
}
