import { page } from '../../../services/statuspage/objects/page';
import type { Field } from '../../../shared/fields/field';
import { filtersField, listFields } from '../../../shared/fields/lists';
import { optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { StatuspageOperation } from '../statuspageOperation';
import { incidentOutput } from './simplifyIncident';

/** The lists by the value of the field. */
const LISTS = {
	activeMaintenance: 'listActiveMaintenances',
	all: 'listIncidents',
	scheduled: 'listScheduledIncidents',
	unresolved: 'listUnresolvedIncidents',
	upcoming: 'listUpcomingIncidents',
} as const;

const listField: Field = {
	displayName: 'List',
	name: 'incidentList',
	type: 'options',
	options: [
		{ name: 'Active Maintenances', value: 'activeMaintenance', description: 'Maintenances that are in progress now' },
		{ name: 'All', value: 'all', description: 'All incidents and maintenances of the page' },
		{ name: 'Scheduled Maintenances', value: 'scheduled', description: 'Upcoming and active maintenances' },
		{ name: 'Unresolved', value: 'unresolved', description: 'Open incidents and active maintenances' },
		{ name: 'Upcoming Maintenances', value: 'upcoming', description: 'Maintenances that have not started' },
	],
	default: 'all',
	description: 'Which incidents to return',
};

const searchFilter: Field = {
	displayName: 'Search',
	name: 'q',
	type: 'string',
	default: '',
	placeholder: 'e.g. database',
	description: 'Only return incidents with this text in the name, the status, an update or the postmortem',
};

export const getMany: StatuspageOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many incidents',
	description: 'Retrieve a list of incidents and maintenances of a page, at 100 per request',
	effects:
		"Unresolved incidents include active maintenances, which have other statuses. With 'Simplify', only the newest update of each incident is returned, and its message is shortened.",
	isReadOnly: true,
	uses: Object.values(LISTS),
	fields: [
		page.locator,
		listField,
		...listFields,
		simplifyField,
		{ ...filtersField([searchFilter]), displayOptions: { show: { incidentList: ['all'] } } },
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const { values, api, limit } = input;
		const pageId = await input.pageId();
		const filters = values.collection('filters');
		const search = filters.has('q') ? filters.text('q') : undefined;
		const list = LISTS[values.choice<keyof typeof LISTS>('incidentList', 'all')];
		const incidents = await api.list(
			list,
			{ pageId },
			{ limit, ...(search === undefined ? {} : { query: { q: search } }) },
		);
		return incidents.map((row) => incidentOutput(values, row));
	},
};
