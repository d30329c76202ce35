import { metric } from '../../../services/statuspage/objects/metric';
import { page } from '../../../services/statuspage/objects/page';
import { updateFieldsField } from '../../../shared/fields/collectionFields';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { metricBody, metricIdentifier, metricName } from './metricFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update metric',
	description: "Update a metric's name or its identifier at the provider",
	effects:
		"Statuspage can't change other fields of a metric. For these, create a new one. To undo, you need the previous values. No notification is sent.",
	isReadOnly: false,
	uses: ['updateMetric'],
	fields: [
		page.locator,
		metric.locator,
		updateFieldsField(
			[
				{ ...metricIdentifier, description: 'New query or ID of the metric at the provider' },
				{ ...metricName, required: undefined, description: 'New name of the metric on the page' },
			],
			{ whenEmpty: 'rejected' },
		),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const body = metricBody(input.values.collection('updateFields'));
		if (Object.keys(body).length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		const pageId = await input.pageId();
		const metricId = await input.idOf(metric, { pageId });
		return await input.api.call('updateMetric', { pageId, metricId }, { body });
	},
};
