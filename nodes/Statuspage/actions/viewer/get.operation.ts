import type { Viewer } from '../../api/rows';
import { viewerByEmail } from '../../api/viewers';
import { optionsField } from '../fields/options';
import { pageField, pageId } from '../fields/page';
import { viewerField } from '../fields/viewer';
import type { Operation } from '../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get viewer',
	description: 'Get one viewer by ID or e-mail',
	uses: ['getViewer', 'listViewers'],
	fields: [pageField, viewerField, optionsField()],
	async execute(input) {
		const page = await pageId(input);
		const { mode, value } = input.locator('viewerId');
		return mode === 'email' || value.includes('@')
			? await viewerByEmail(input.api, page, value)
			: await input.api.call<'getViewer', Viewer>('getViewer', { pageId: page, viewerId: value });
	},
};
