import { optionsField } from '../../../shared/fields/options';
import { audienceCheckOption } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../organizationOption';
import { capOption, formatField, outputField } from './planFields';
import { pagesOption } from './pagesOption';

export const planOffboarding: StatuspageOperation = {
	value: 'planOffboarding',
	name: 'Plan Offboarding',
	action: 'Plan what leavers lose',
	description:
		'Find all access of people on the pages of the API key and in its organization: viewers, viewer groups, own components and metrics, team membership, permissions and, as an option, subscriptions. Only reads. Returns the changes that remove this access, for approval and for Apply Plan.',
	isReadOnly: true,
	uses: [
		'listPages',
		'listViewers',
		'listViewerGroups',
		'listViewerComponents',
		'listViewerMetrics',
		'listSubscribers',
		'listTeamMembers',
		'getPermissions',
	],
	fields: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			accepts: 'fieldOrValue',
			default: '={{ $json.email }}',
			placeholder: 'e.g. email',
			description:
				"The email of each leaver, as an expression or the name of a field. It may be empty where 'External Login' is given. All viewers of a page are read, 100 per request, unless a search for one leaver is sure to be complete.",
		},
		{
			displayName: 'Viewers',
			name: 'viewers',
			type: 'options',
			options: [
				{
					name: 'Delete',
					value: 'delete',
					description: 'Delete the viewer with its viewer groups, own components and own metrics. Cannot be undone.',
				},
				{
					name: 'Remove Access',
					value: 'removeAccess',
					description: 'Keep the viewer, without viewer groups, own components and own metrics',
				},
			],
			default: 'delete',
			description: 'What to do with viewers on audience-specific pages',
		},
		{
			displayName: 'Team Members',
			name: 'teamMembers',
			type: 'options',
			options: [
				{
					name: 'Delete',
					value: 'delete',
					description:
						'Delete the team member from the organization, with all permissions. Cannot be undone. Not possible where team members have Atlassian accounts.',
				},
				{ name: 'Leave', value: 'leave', description: 'Do not look at team members' },
				{
					name: 'Remove Permissions',
					value: 'removePermissions',
					description: 'Keep the team member, without permissions on any page',
				},
			],
			default: 'delete',
			description: 'What to do with team members',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'External Login',
					name: 'externalLogin',
					type: 'string',
					accepts: 'fieldOrValue',
					default: '',
					placeholder: 'e.g. login',
					description:
						'The login at the identity provider, as an expression or the name of a field. Viewers are found by it too. Leavers with an external login need no email.',
				},
			],
		},
		outputField,
		formatField,
		optionsField(
			audienceCheckOption('off'),
			capOption,
			{
				displayName: 'Include Subscriptions',
				name: 'includeSubscriptions',
				type: 'boolean',
				default: false,
				description:
					'Whether to delete subscriptions of every mode too: those with the email, and those that are linked to the viewer. Nobody is notified.',
			},
			organizationOption,
			pagesOption,
		),
	],
	runs: 'allItems',
	execute: async (inputs, concurrency) =>
		await (await import('./runPlanOffboarding')).runPlanOffboarding(inputs, concurrency),
};
