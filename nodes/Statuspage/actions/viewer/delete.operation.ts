import { deleted } from '../deletion';
import { viewerOptionsField } from '../fields/audience';
import { ignoreIfMissingOption } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { audienceNotice, viewerField, viewerId } from '../fields/viewer';
import type { Operation } from '../operation';

export const deleteViewer: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete viewer with all access to page, cannot be undone',
	description: 'Take a person off the page, with groups and components. Cannot be undone: a viewer created again gets a new ID. Nobody is notified.',
	uses: ['deleteViewer', 'listViewers', 'getPage'],
	fields: [audienceNotice, pageField, viewerField, viewerOptionsField(ignoreIfMissingOption)],
	async execute(input) {
		const page = await pageId(input);
		const { value } = input.locator('viewerId');
		const result = await deleted(input, page, async () => await viewerId(input, page), async (id) =>
			await input.api.call('deleteViewer', { pageId: page, viewerId: id }),
		);
		return value.includes('@') ? { ...result, email: value } : result;
	},
};
