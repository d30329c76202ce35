import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';

export const getEmbedConfig: StatuspageOperation = {
	value: 'getEmbedConfig',
	name: 'Get Embed Config',
	action: 'Get embed config of page',
	description: 'Retrieve the position and colors of the status embed, which shows the status on your own website',
	isReadOnly: true,
	uses: ['getEmbedConfig'],
	fields: [page.locator, optionsField()],
	runs: 'perItem',
	execute: async (input) => await input.api.call('getEmbedConfig', { pageId: await input.pageId() }),
};
