import type { IDataObject } from 'n8n-workflow';
import { checkAudience as look } from '../../api/audience';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import type { Operation } from '../operation';

export const checkAudience: Operation = {
	value: 'checkAudience',
	name: 'Check Audience',
	action: 'Check whether page is audience-specific',
	description: 'Gather what there is to see of whether viewers and groups have an effect on a page: Statuspage does not say. Returns what was seen, and how sure that makes it. Only reads.',
	uses: ['getPage', 'listViewers', 'listPages'],
	fields: [pageField, optionsField()],
	async execute(input) {
		const id = await pageId(input);
		return { pageId: id, ...(await look(input.api, id)) } as unknown as IDataObject;
	},
};
