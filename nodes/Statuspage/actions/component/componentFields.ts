import type { IDataObject } from 'n8n-workflow';
import { componentGroup } from '../../../services/statuspage/objects/componentGroup';
import { additionalFieldsField, updateFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import type { StatuspageInput } from '../statuspageInput';

/** What Simplify keeps of a component. */
export const COMPONENT_FIELDS = [
	'id',
	'name',
	'description',
	'status',
	'group_id',
	'group',
	'position',
	'start_date',
	'updated_at',
] as const;

export const componentName: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	description: 'The name on the page. Statuspage takes the same name twice.',
};

const group = (description: string, extra: Partial<Field> = {}) =>
	componentGroup.pick('componentGroupId', { description, ...extra });

const description: Field = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'What visitors read about it on the page',
};

const onlyShowIfDegraded: Field = {
	displayName: 'Only Show If Degraded',
	name: 'onlyShowIfDegraded',
	type: 'boolean',
	default: false,
	description:
		'Whether the page shows it only while it is not operational. Statuspage must have enabled this for the page.',
};

const showcase: Field = {
	displayName: 'Display Uptime',
	name: 'showcase',
	type: 'boolean',
	default: true,
	description: 'Whether the page shows its uptime',
};

const startDate: Field = {
	displayName: 'Start Date',
	name: 'startDate',
	type: 'string',
	accepts: 'day',
	whenEmpty: 'rejected',
	default: '',
	placeholder: 'e.g. 2026-01-31',
	description: 'The day on which the component began to be used, as YYYY-MM-DD. Uptime counts from then.',
};

const status: Field = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Degraded Performance', value: 'degraded_performance' },
		{ name: 'Major Outage', value: 'major_outage' },
		{ name: 'Operational', value: 'operational' },
		{ name: 'Partial Outage', value: 'partial_outage' },
		{ name: 'Under Maintenance', value: 'under_maintenance' },
	],
	default: 'operational',
	description: 'How it works. Whether a change notifies subscribers depends on the settings of the page.',
};

export const newComponentFields = additionalFieldsField(
	[
		group('The component group that it stands in; empty for none'),
		description,
		showcase,
		onlyShowIfDegraded,
		startDate,
		status,
	],
	{ whenEmpty: 'omitted' },
);

export const changedComponentFields = updateFieldsField(
	[
		group('The component group that it stands in; empty for none'),
		description,
		showcase,
		{ ...componentName, required: undefined, whenEmpty: 'rejected', description: 'The new name on the page' },
		onlyShowIfDegraded,
		startDate,
		status,
	],
	{ whenEmpty: 'clears' },
);

export const componentFilters: Field[] = [
	group('Only components in this group; empty for those in none', { whenEmpty: 'clears' }),
	{ ...status, description: 'Only components that work so' },
];

/** A field name here, and the API's. */
const API_NAMES: Record<string, string> = {
	description: 'description',
	name: 'name',
	onlyShowIfDegraded: 'only_show_if_degraded',
	showcase: 'showcase',
	startDate: 'start_date',
	status: 'status',
};
const FLAGS = ['onlyShowIfDegraded', 'showcase'];

/** The component group of a collection: null for none, nothing where the field was not added. */
export async function componentGroupId(
	input: StatuspageInput,
	pageId: string,
	collectionName: string,
): Promise<string | null | undefined> {
	const values = input.values.collection(collectionName);
	if (!values.has('componentGroupId')) return undefined;
	const [id] = await input.idsOf(componentGroup, { pageId }, 'componentGroupId', { values });
	return id ?? null;
}

/** The fields of a collection as the API takes them; only those that were added. */
export async function componentBody(
	input: StatuspageInput,
	pageId: string,
	collectionName: string,
): Promise<IDataObject> {
	const values = input.values.collection(collectionName);
	const added = Object.entries(API_NAMES).filter(([name]) => values.has(name));
	const fields = added.map(([name, apiName]) => [
		apiName,
		FLAGS.includes(name) ? values.flag(name) : values.text(name),
	]);
	const groupId = await componentGroupId(input, pageId, collectionName);
	return { ...Object.fromEntries(fields), ...(groupId === undefined ? {} : { group_id: groupId }) };
}
