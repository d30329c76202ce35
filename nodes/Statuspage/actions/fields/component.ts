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
	const id = mode === 'name' ? (await componentByName(input.api, pageId, value)).id : value;
	await input.inOrder(`${pageId} component ${id}`);
	return id;
}
