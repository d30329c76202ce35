import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import { bodyOf } from '../apiFields';
import type { StatuspageOperation } from '../statuspageOperation';
import { embedSettings, embedSettingsField } from './embedFields';

export const updateEmbedConfig: StatuspageOperation = {
	value: 'updateEmbedConfig',
	name: 'Update Embed Config',
	action: 'Update embed config of page',
	description: 'Update the position and colors of the status embed on your own website',
	effects:
		'Only the fields you add are changed. Changes appear on your website immediately. To undo, you need the previous values. No notification is sent.',
	isReadOnly: false,
	uses: ['updateEmbedConfig'],
	fields: [page.locator, embedSettingsField, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const body = bodyOf(input.values.collection('updateFields'), embedSettings);
		if (Object.keys(body).length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		return await input.api.call('updateEmbedConfig', { pageId: await input.idOf(page, {}) }, { body });
	},
};
