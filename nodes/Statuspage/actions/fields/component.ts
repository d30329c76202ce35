import { componentByName } from '../../api/lookUps';
import type { Input } from '../input';
import { locatorField } from './locator';

export const componentField = locatorField({
	name: 'componentId',
	description: 'The component',
	searchListMethod: 'searchComponents',
	modes: ['id', 'name'],
});

export async function componentId(input: Input, pageId: string): Promise<string> {
	const { mode, value } = input.locator('componentId');
	return mode === 'name' ? (await componentByName(input.api, pageId, value)).id : value;
}
