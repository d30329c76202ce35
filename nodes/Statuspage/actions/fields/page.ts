import { pageByName } from '../../api/lookUps';
import type { Input } from '../input';
import { audienceOf } from './audience';
import { locatorField } from './locator';

export const pageField = locatorField({
	name: 'pageId',
	description: 'The status page',
	searchListMethod: 'searchPages',
	modes: ['id', 'name'],
});

/** Which page the item means; looked at first where the item asks for that. */
export async function pageId(input: Input): Promise<string> {
	const { mode, value } = input.locator('pageId');
	const id = mode === 'name' ? (await pageByName(input.api, value)).id : value;
	// Only operations that write viewers have this option.
	if (input.collection('options').audienceCheck) await audienceOf(input, id, 'off');
	return id;
}
