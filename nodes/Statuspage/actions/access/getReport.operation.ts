import type { StatuspageOperation } from '../statuspageOperation';
import { reportFields } from './reportFields';
import { runGetReport } from './runGetReport';

export const getReport: StatuspageOperation = {
	value: 'getReport',
	name: 'Get Report',
	action: 'Get access report',
	description: 'Retrieve the access of viewers and team members to pages and components, with findings to review',
	effects:
		'Contains access through viewer groups, own components and roles. Metrics and subscriptions are not included. Nothing is changed.',
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
	execute: runGetReport,
};
