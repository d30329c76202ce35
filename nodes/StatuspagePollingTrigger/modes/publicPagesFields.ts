import { PAGE_EVENT_CHOICES } from '../../services/statuspage/pageWatch/pageEventNames';
import { COMPONENT_STATUSES, IMPACTS } from '../../services/statuspage/statusChoices';
import type { Field } from '../../shared/fields/field';
import { filtersField } from '../../shared/fields/lists';

/** The largest number of pages. It limits the state that n8n saves, and the time of a poll. */
export const MOST_PAGES = 100;

const filters = filtersField([
	{
		displayName: 'Components',
		name: 'components',
		type: 'string',
		accepts: 'list',
		placeholder: 'e.g. API, Web Application',
		default: '',
		description:
			'Names or IDs, separated by commas. Incidents and maintenances that affected none of these components at any time are left out.',
	},
	{
		displayName: 'Impact',
		name: 'impacts',
		type: 'multiOptions',
		options: IMPACTS,
		default: [],
		description: 'Only events of incidents that had one of these impacts at some time. Does not apply to maintenances.',
	},
	{
		displayName: 'New Status',
		name: 'newStatuses',
		type: 'multiOptions',
		options: COMPONENT_STATUSES,
		default: [],
		description: 'Only changes of components to one of these statuses',
	},
]);

const options: Field = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Raw',
			name: 'raw',
			type: 'boolean',
			default: false,
			description: 'Whether to add the incident, component or status as the page returned it to each item, as "raw"',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 30 },
			default: 10,
			description: 'The longest time for one page. The items of a poll are output when all pages were read.',
		},
		{
			displayName: 'Unreachable After (Polls)',
			name: 'unreachableAfter',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
			default: 2,
			description: 'Number of polls in a row that cannot read a page before Page Unreachable is output',
		},
	],
};

/** The fields of the mode Public Pages, besides n8n's 'Poll Times'. The hidden one is for tests. */
export const publicPagesFields: Field[] = [
	{
		displayName: 'Page Addresses',
		name: 'pageAddresses',
		type: 'string',
		accepts: 'list',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. status.example.com',
		description: `Addresses of public pages that are hosted on Atlassian Statuspage, one per line. At most ${MOST_PAGES}.`,
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [...PAGE_EVENT_CHOICES],
		default: ['incidentCreated', 'incidentResolved', 'incidentUpdated'],
		required: true,
		description:
			'The events that start the workflow. Each event is one item. Reads up to 4 addresses per page and poll, 2 for incidents alone.',
	},
	filters,
	options,
	{ displayName: 'Allow Loopback', name: 'allowLoopback', type: 'hidden', default: false },
];
