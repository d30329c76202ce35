import type { StatuspageOperation } from '../statuspageOperation';
import { reportFields } from './reportFields';

export const getReport: StatuspageOperation = {
	value: 'getReport',
	name: 'Get Report',
	action: 'Get access report',
	description:
		'Retrieve the access of viewers and team members: through viewer groups, own components and roles, with findings for a reviewer. Only reads.',
	isReadOnly: true,
	uses: [
		'listPages',
		'listViewers',
		'listViewerGroups',
		'listComponents',
		'listViewerComponents',
		'listTeamMembers',
		'getPermissions',
	],
	fields: reportFields,
	runs: 'allItems',
	execute: async (inputs, concurrency) => await (await import('./runGetReport')).runGetReport(inputs, concurrency),
};
