import { page } from '../../../services/statuspage/objects/page';
import { createAndFind } from '../../../shared/client/createAndFind';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import {
	loginFields,
	providerBody,
	providerType,
	requireLogin,
	requireWebAddress,
	secretsIn,
	withoutSecrets,
} from './metricProviderFields';

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create metric provider',
	description: 'Create a new metric provider, e.g. one of the type Self for your own data',
	effects:
		"The page doesn't change until the provider has a metric. If the answer is lost, the provider is looked up by type and not created again. Keys are never in the output. Undo with 'Delete'. No notification is sent.",
	isReadOnly: false,
	uses: ['createMetricProvider', 'listMetricProviders'],
	fields: [page.locator, providerType, ...loginFields, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const { api, values } = input;
		requireLogin(input);
		requireWebAddress(input, values);
		const body = providerBody(values);
		const pageId = await input.pageId();
		const isEqual = (row: { type: string; metric_base_uri?: string | null }) =>
			row.type === body.type && (row.metric_base_uri ?? undefined) === body.metric_base_uri;
		const secrets = secretsIn(values);
		const { row, wasLost } = await createAndFind(api, {
			key: `metric provider ${pageId} ${String(body.type)} ${String(body.metric_base_uri)}`,
			create: async () => await api.call('createMetricProvider', { pageId }, { body, secrets }),
			findEqual: async () => await api.list('listMetricProviders', { pageId }, { keep: isEqual }),
			createdAt: ({ created_at }) => created_at,
		});
		return {
			...withoutSecrets(row),
			...(wasLost
				? { note: 'The answer was lost, but the metric provider was found by type. It was created once.' }
				: {}),
		};
	},
};
