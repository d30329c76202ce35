import { metricProvider } from '../../../services/statuspage/objects/metricProvider';
import { page } from '../../../services/statuspage/objects/page';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { metricBaseUri, providerBody, providerType, requireWebAddress, withoutSecrets } from './metricProviderFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update metric provider',
	description: "Update a metric provider's type or address",
	effects:
		"Statuspage can't change the keys of a metric provider. For other keys, create a new one. To undo, you need the previous values. No notification is sent.",
	isReadOnly: false,
	uses: ['updateMetricProvider'],
	fields: [
		page.locator,
		metricProvider.locator,
		updateFieldsField(
			[
				{ ...metricBaseUri, description: "New address of the provider's API" },
				{ ...providerType, description: 'New type of the metric provider. Its keys stay the same.' },
			],
			{ whenEmpty: 'rejected' },
		),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const values = input.values.collection('updateFields');
		const body = providerBody(values);
		if (Object.keys(body).length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		requireWebAddress(input, values);
		const pageId = await input.pageId();
		const metricProviderId = await input.idOf(metricProvider, { pageId });
		return withoutSecrets(await input.api.call('updateMetricProvider', { pageId, metricProviderId }, { body }));
	},
};
