import type { IDataObject } from 'n8n-workflow';
import { readAudience } from '../../../services/statuspage/audience';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const checkAudience: StatuspageOperation = {
	value: 'checkAudience',
	name: 'Check Audience',
	action: 'Check whether page is audience-specific',
	description: 'Check whether a page is audience-specific (viewers and groups have no effect on other pages)',
	effects:
		"Statuspage doesn't report this, so the output lists the evidence and how reliable it is. This only reads data.",
	isReadOnly: true,
	uses: ['getPage', 'listViewers'],
	fields: [page.locator, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const id = await input.pageId();
		return { pageId: id, ...(await readAudience(input.api, id)) } as unknown as IDataObject;
	},
};
