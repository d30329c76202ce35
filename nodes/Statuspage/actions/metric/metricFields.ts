import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../../shared/fields/field';
import type { Values } from '../../../shared/operations/values';

/** Fields of a metric in the simplified output. */
export const METRIC_FIELDS = [
	'id',
	'name',
	'display',
	'suffix',
	'metrics_provider_id',
	'metric_identifier',
	'most_recent_data_at',
	'updated_at',
] as const;

export const metricName: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Response Time',
	description: 'Name of the metric on the page',
};

export const metricIdentifier: Field = {
	displayName: 'Metric Identifier',
	name: 'metricIdentifier',
	type: 'string',
	default: '',
	placeholder: 'e.g. avg:system.load.1{*}',
	description: 'Query or ID of the metric at the provider. Leave it empty for a provider of the type Self.',
};

/** The range of int32, which the API uses for whole numbers. */
const INTEGER = { minValue: -2_147_483_648, maxValue: 2_147_483_647, numberPrecision: 0 };

/** Sorted by label. */
export const rareMetricFields: Field[] = [
	{
		displayName: 'Application ID',
		name: 'applicationId',
		type: 'string',
		default: '',
		description: 'ID of the New Relic application. Required for a New Relic provider.',
	},
	{
		displayName: 'Decimal Places',
		name: 'decimalPlaces',
		type: 'number',
		typeOptions: { ...INTEGER, minValue: 0 },
		default: 0,
		description: 'Number of decimal places shown on the chart',
	},
	{
		displayName: 'Display',
		name: 'display',
		type: 'boolean',
		default: true,
		description: 'Whether to show the metric on the page. Some providers need a value here, e.g. Datadog.',
	},
	{
		displayName: 'Hide Y-Axis',
		name: 'yAxisHidden',
		type: 'boolean',
		default: false,
		description: 'Whether to hide the values on the y-axis. Some providers need a value here, e.g. Datadog.',
	},
	{
		displayName: 'Suffix',
		name: 'suffix',
		type: 'string',
		default: '',
		placeholder: 'e.g. ms',
		description: 'Unit shown after the values',
	},
	{
		displayName: 'Tooltip Description',
		name: 'tooltipDescription',
		type: 'string',
		default: '',
		description: 'Text shown in the tooltip of the metric',
	},
	{
		displayName: 'Transform',
		name: 'transform',
		type: 'string',
		default: '',
		placeholder: 'e.g. average',
		description:
			'How the provider combines values: average, count, max, min or sum. Pingdom only accepts response_time and uptime.',
	},
	{
		displayName: 'Y-Axis Maximum',
		name: 'yAxisMax',
		type: 'number',
		typeOptions: INTEGER,
		default: 0,
		description: 'Upper end of the y-axis, as a whole number',
	},
	{
		displayName: 'Y-Axis Minimum',
		name: 'yAxisMin',
		type: 'number',
		typeOptions: INTEGER,
		default: 0,
		description: 'Lower end of the y-axis, as a whole number',
	},
];

const TEXTS: Record<string, string> = {
	applicationId: 'application_id',
	metricIdentifier: 'metric_identifier',
	name: 'name',
	suffix: 'suffix',
	tooltipDescription: 'tooltip_description',
	transform: 'transform',
};
const NUMBERS: Record<string, string> = {
	decimalPlaces: 'decimal_places',
	yAxisMax: 'y_axis_max',
	yAxisMin: 'y_axis_min',
};
const FLAGS: Record<string, string> = { display: 'display', yAxisHidden: 'y_axis_hidden' };

/** The fields that have a value, named as in the API. Providers can fail because of a field that was not set, so others are left out. */
export function metricBody(values: Values): IDataObject {
	const added = (names: Record<string, string>, read: (name: string) => string | number | boolean | undefined) =>
		Object.fromEntries(
			Object.entries(names)
				.filter(([name]) => values.has(name))
				.map(([name, apiName]) => [apiName, read(name)]),
		);
	return {
		...added(TEXTS, (name) => values.text(name)),
		...added(NUMBERS, (name) => values.number(name)),
		...added(FLAGS, (name) => values.flag(name)),
	};
}
