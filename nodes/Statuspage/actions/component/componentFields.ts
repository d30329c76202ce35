import type { IDataObject } from 'n8n-workflow';
import { componentGroup } from '../../../services/statuspage/objects/componentGroup';
import { additionalFieldsField, updateFieldsField } from '../../../shared/fields/collectionFields';
import { COMPONENT_STATUSES } from '../../../services/statuspage/statusChoices';
import type { Field } from '../../../shared/fields/field';
import type { StatuspageInput } from '../statuspageInput';

/** Fields of a component in the simplified output. */
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
	description: 'Name on the page. Statuspage allows duplicate names.',
};

const group = (description: string, extra: Partial<Field> = {}) =>
	componentGroup.pick('componentGroupId', { description, ...extra });

const description: Field = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'Description shown on the page',
};

const onlyShowIfDegraded: Field = {
	displayName: 'Only Show If Degraded',
	name: 'onlyShowIfDegraded',
	type: 'boolean',
	default: false,
	description:
		"Whether to show the component only when it isn't operational. Must be enabled for the page by Statuspage.",
};

const showcase: Field = {
	displayName: 'Display Uptime',
	name: 'showcase',
	type: 'boolean',
	default: true,
	description: 'Whether to show the uptime of the component on the page',
};

const startDate: Field = {
	displayName: 'Start Date',
	name: 'startDate',
	type: 'string',
	accepts: 'day',
	whenEmpty: 'rejected',
	default: '',
	placeholder: 'e.g. 2026-01-31',
	description: 'Date from which uptime is calculated (YYYY-MM-DD)',
};

const status: Field = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: COMPONENT_STATUSES,
	default: 'operational',
	description:
		'Current status of the component. A change may notify subscribers, depending on the settings of the page.',
};

export const newComponentFields = additionalFieldsField(
	[
		group('Component group of the component, or empty for none'),
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
		group('Component group of the component, or empty for none'),
		description,
		showcase,
		{ ...componentName, required: undefined, whenEmpty: 'rejected', description: 'New name on the page' },
		onlyShowIfDegraded,
		startDate,
		status,
	],
	{ whenEmpty: 'clears' },
);

export const componentFilters: Field[] = [
	group('Only return components in this component group. Leave empty for components without a group', {
		whenEmpty: 'clears',
	}),
	{ ...status, description: 'Only return components with this status' },
];

/** Names of the fields, and their names in the API. */
const API_NAMES: Record<string, string> = {
	description: 'description',
	name: 'name',
	onlyShowIfDegraded: 'only_show_if_degraded',
	showcase: 'showcase',
	startDate: 'start_date',
	status: 'status',
};
const FLAGS = ['onlyShowIfDegraded', 'showcase'];

/** The component group in a collection: null for none, undefined if the field was not added. */
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

/** The added fields of a collection, named as in the API. */
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
