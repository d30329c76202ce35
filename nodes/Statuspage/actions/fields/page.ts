import { pageByName } from '../../api/lookUps';
import type { Input } from '../input';
import { locatorField } from './locator';

export const pageField = locatorField({
	name: 'pageId',
	description: 'The status page',
	searchListMethod: 'searchPages',
	modes: ['id', 'name'],
});

export async function pageId(input: Input): Promise<string> {
	const { mode, value } = input.locator('pageId');
	return mode === 'name' ? (await pageByName(input.api, value)).id : value;
}
