import { viewerGroupByName } from '../../api/lookUps';
import type { Input } from '../input';
import { locatorField } from './locator';

export const viewerGroupField = locatorField({
	name: 'viewerGroupId',
	description: 'The viewer group (page access group in the API)',
	searchListMethod: 'searchViewerGroups',
	modes: ['id', 'name'],
});

export async function viewerGroupId(input: Input, pageId: string): Promise<string> {
	const { mode, value } = input.locator('viewerGroupId');
	const id = mode === 'name' ? (await viewerGroupByName(input.api, pageId, value)).id : value;
	await input.inOrder(`${pageId} viewer group ${id}`);
	return id;
}
