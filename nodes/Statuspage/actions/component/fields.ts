import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { badInput } from '../input';

/** What Simplify keeps of a component. */
export const COMPONENT_FIELDS = ['id', 'name', 'description', 'status', 'group_id', 'group', 'position', 'start_date', 'updated_at'] as const;

const STATUSES = [
	{ name: 'Degraded Performance', value: 'degraded_performance' },
	{ name: 'Major Outage', value: 'major_outage' },
	{ name: 'Operational', value: 'operational' },
	{ name: 'Partial Outage', value: 'partial_outage' },
	{ name: 'Under Maintenance', value: 'under_maintenance' },
];

export const componentName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	description: 'The name on the page. Statuspage takes the same name twice.',
};

const componentGroup: INodeProperties = {
	displayName: 'Component Group Name or ID',
	name: 'componentGroupId',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getComponentGroups', loadOptionsDependsOn: ['pageId.value'] },
	default: '',
	description: 'The component group that it stands in; empty for none. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'What visitors read about it on the page',
};

const onlyShowIfDegraded: INodeProperties = {
	displayName: 'Only Show If Degraded',
	name: 'onlyShowIfDegraded',
	type: 'boolean',
	default: false,
	description: 'Whether the page shows it only while it is not operational. Statuspage must have enabled this for the page.',
};

const showcase: INodeProperties = {
	displayName: 'Display Uptime',
	name: 'showcase',
	type: 'boolean',
	default: true,
	description: 'Whether the page shows its uptime',
};

const startDate: INodeProperties = {
	displayName: 'Start Date',
	name: 'startDate',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-01-31',
	description: 'The day on which the component began to be used, as YYYY-MM-DD. Uptime counts from then.',
};

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: STATUSES,
	default: 'operational',
	description: 'How it works. Whether a change notifies subscribers depends on the settings of the page.',
};

export const newComponentFields: INodeProperties[] = [componentGroup, description, showcase, onlyShowIfDegraded, startDate, statusField];

export const changedComponentFields: INodeProperties[] = [
	componentGroup,
	description,
	showcase,
	{ ...componentName, required: undefined, description: 'The new name on the page' },
	onlyShowIfDegraded,
	startDate,
	statusField,
];

export const componentFilters: INodeProperties[] = [
	{ ...componentGroup, description: componentGroup.description?.replace('The component group that it stands in; empty for none', 'Only components in this group') },
	{ ...statusField, description: 'Only components that work so' },
];

/** A field name here, and the API's. */
const API_NAMES: Record<string, string> = {
	componentGroupId: 'group_id',
	description: 'description',
	name: 'name',
	onlyShowIfDegraded: 'only_show_if_degraded',
	showcase: 'showcase',
	startDate: 'start_date',
	status: 'status',
};

/** The fields of a collection as the API takes them; only those that were added. An empty group is none. */
export function componentBody(collection: IDataObject): IDataObject {
	const { startDate: day, name } = collection;
	if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(String(day))) throw badInput('startDate', `is not a day as YYYY-MM-DD: "${String(day)}"`);
	if (name !== undefined && String(name).trim() === '') throw badInput('name', 'is empty');
	const entries = Object.entries(collection).filter(([field]) => field in API_NAMES);
	return Object.fromEntries(entries.map(([field, value]) => [API_NAMES[field], field === 'componentGroupId' && value === '' ? null : value]));
}
