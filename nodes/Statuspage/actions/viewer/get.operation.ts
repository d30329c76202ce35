import type { Viewer } from '../../api/rows';
import { viewerByEmail } from '../../api/viewers';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { emailOfViewer, viewerField } from '../fields/viewer';
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
		const email = emailOfViewer(input);
		if (email !== undefined) return await viewerByEmail(input.api, page, email);
		return await input.api.call<'getViewer', Viewer>('getViewer', { pageId: page, viewerId: input.locator('viewerId').value });
	},
};
