import { metricProvider } from '../../../services/statuspage/objects/metricProvider';
import { page } from '../../../services/statuspage/objects/page';
import { createAndFind } from '../../../shared/client/createAndFind';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import { optionsField } from '../../../shared/fields/options';
import { asError, Failure, hasStatus } from '../../../shared/http/failures';
import type { StatuspageOperation } from '../statuspageOperation';
import { metricBody, metricIdentifier, metricName, rareMetricFields } from './metricFields';

/** Statuspage answers a wrong query or key of a provider with a 500 that has no reason. */
async function withProviderAdvice<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!hasStatus(error, 500)) throw asError(error);
		const advice = `${error.facts.advice}. Statuspage also answers this way if the metric identifier or a key of the provider is wrong`;
		throw asError(new Failure({ ...error.facts, advice }));
	}
}

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create metric',
	description: 'Create a new metric of a metric provider',
	effects:
		"Only the fields you fill in are sent. The metric appears on the page unless 'Display' is off. If the answer is lost, the metric is looked up by name and not created again. Undo with 'Delete'. No notification is sent.",
	isReadOnly: false,
	uses: ['createMetric', 'listMetricsOfProvider'],
	fields: [
		page.locator,
		metricProvider.locator,
		metricName,
		metricIdentifier,
		additionalFieldsField(rareMetricFields, { whenEmpty: 'omitted' }),
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const { api, values } = input;
		const added = values.collection('additionalFields');
		const [min, max] = [added.number('yAxisMin'), added.number('yAxisMax')];
		if (min !== undefined && max !== undefined && min > max)
			throw input.invalid('yAxisMin', `is ${min}, which is more than 'Y-Axis Maximum' (${max})`, 'Swap the two values');
		const pageId = await input.pageId();
		const metricProviderId = await input.idOf(metricProvider, { pageId });
		const body = { ...metricBody(values), ...metricBody(added) };
		const name = values.text('name');
		const { row, wasLost } = await withProviderAdvice(
			async () =>
				await createAndFind(api, {
					key: `metric ${pageId} ${metricProviderId} ${name}`,
					create: async () => await api.call('createMetric', { pageId, metricProviderId }, { body }),
					findEqual: async () =>
						await api.list(
							'listMetricsOfProvider',
							{ pageId, metricProviderId },
							{ keep: (other) => other.name === name },
						),
					createdAt: ({ created_at }) => created_at,
				}),
		);
		return wasLost
			? { ...row, note: 'The answer was lost, but the metric was found by name. It was created once.' }
			: row;
	},
};
