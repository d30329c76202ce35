import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../../shared/fields/field';
import { onlyFields } from '../../../shared/fields/simplify';
import type { Values } from '../../../shared/operations/values';
import type { StatuspageInput } from '../statuspageInput';

export const providerType: Field = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'Datadog', value: 'Datadog' },
		{ name: 'Librato', value: 'Librato' },
		{ name: 'New Relic', value: 'NewRelic' },
		{ name: 'Pingdom', value: 'Pingdom' },
		{ name: 'Self', value: 'Self', description: "For metrics whose data you add with 'Metric: Add Data'" },
	],
	default: 'Self',
	description: 'Service with the data of the metrics. Only metrics of Self accept data from a workflow.',
};

const shownFor = (...types: string[]) => ({ displayOptions: { show: { type: types } } });

export const metricBaseUri: Field = {
	displayName: 'Metric Base URI',
	name: 'metricBaseUri',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://app.datadoghq.com/api/v1',
	description: "Address of the provider's API. It depends on the region, e.g. https://app.datadoghq.eu/api/v1.",
};

/**
 * In the order in which a person fills them in. Each type shows its own. None is required for n8n: if the type is an expression, n8n
 * would require those of all types.
 */
export const loginFields: Field[] = [
	{
		displayName: 'API Token',
		name: 'apiToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'API token of the provider. Pingdom also accepts an email, a password and an application key instead.',
		...shownFor('Librato', 'Pingdom'),
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		accepts: 'email',
		default: '',
		placeholder: 'e.g. name@example.com',
		description: 'Email of the account. Required for Librato, and for Pingdom without an API token.',
		...shownFor('Librato', 'Pingdom'),
	},
	{
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Password of the account. Required for Pingdom without an API token.',
		...shownFor('Pingdom'),
	},
	{
		displayName: 'API Key',
		name: 'apiKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'API key of the provider. Required for Datadog and New Relic.',
		...shownFor('Datadog', 'NewRelic'),
	},
	{
		displayName: 'Application Key',
		name: 'applicationKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Application key of the provider. Required for Datadog, and for Pingdom without an API token.',
		...shownFor('Datadog', 'Pingdom'),
	},
	{
		...metricBaseUri,
		description: `${metricBaseUri.description} Required for Datadog and New Relic.`,
		...shownFor('Datadog', 'NewRelic'),
	},
];

/** Names of the text fields, and their names in the API. */
const API_NAMES: Record<string, string> = {
	type: 'type',
	password: 'password',
	apiToken: 'api_token',
	apiKey: 'api_key',
	applicationKey: 'application_key',
	metricBaseUri: 'metric_base_uri',
};

/** Fields whose values must not be in an output or an error. */
const SECRETS = ['password', 'apiToken', 'apiKey', 'applicationKey'];

/** The secrets that the item contains. */
export function secretsIn(values: Values): string[] {
	return SECRETS.filter((name) => values.has(name)).map((name) => values.text(name));
}

/** The documented fields. Statuspage returns no keys, but nothing guarantees it, so other fields are left out. */
const OUTPUT_FIELDS = [
	'id',
	'type',
	'disabled',
	'metric_base_uri',
	'last_revalidated_at',
	'page_id',
	'created_at',
	'updated_at',
] as const;

/** The provider for an output. */
export function withoutSecrets(row: IDataObject): IDataObject {
	return onlyFields(row, OUTPUT_FIELDS);
}

const PINGDOM_LOGIN = ['email', 'password', 'applicationKey'];

/** What each type requires. The requirements are those of the service, which differ from its document. */
function requiredFor(values: Values): string[] {
	switch (values.text('type')) {
		case 'Datadog':
			return ['apiKey', 'applicationKey', 'metricBaseUri'];
		case 'Librato':
			return ['email', 'apiToken'];
		case 'NewRelic':
			return ['apiKey', 'metricBaseUri'];
		case 'Pingdom':
			// Without any value, the newer login is meant.
			return values.has('apiToken') || !PINGDOM_LOGIN.some((name) => values.has(name)) ? ['apiToken'] : PINGDOM_LOGIN;
		default:
			return [];
	}
}

/** @throws Failure for a missing field of the type */
export function requireLogin(input: StatuspageInput): void {
	const { values } = input;
	const missing = requiredFor(values).find((name) => !values.has(name));
	if (missing) throw input.invalid(missing, 'is empty', `A metric provider of this type requires it`);
}

/** @throws Failure for a text that is no web address */
export function requireWebAddress(input: StatuspageInput, values: Values): void {
	if (!values.has('metricBaseUri') || /^https?:\/\/[^\s/?#]+[^\s]*$/i.test(values.text('metricBaseUri'))) return;
	throw input.invalid('metricBaseUri', 'must be a web address', 'Enter it with https://');
}

/** The fields that have a value, named as in the API. */
export function providerBody(values: Values): IDataObject {
	const texts = Object.entries(API_NAMES).filter(([name]) => values.has(name));
	return {
		...Object.fromEntries(texts.map(([name, apiName]) => [apiName, values.text(name)])),
		...(values.has('email') ? { email: values.email('email').email } : {}),
	};
}
