import { optionsField } from '../../../shared/fields/options';
import { audienceCheckOption } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../../../services/statuspage/organizationOption';
import { capOption, formatField, outputField } from './planFields';
import { pagesOption } from './pagesOption';
import { runPlanOffboarding } from './runPlanOffboarding';

export const planOffboarding: StatuspageOperation = {
	value: 'planOffboarding',
	name: 'Plan Offboarding',
	action: 'Plan offboarding',
	description: 'Plan the removal of all access of the given people, without changing anything yet',
	effects:
		"Finds viewers, viewer groups, own components, own metrics, team membership, permissions and, if enabled, subscriptions on all pages of the API key and in its organization. Returns the changes that remove this access, for approval and for 'Apply Plan'. Nobody is notified. All viewers of a page are read, at 1 request per 100 viewers, unless a search for a single leaver is known to be complete.",
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
				"The email of each leaver, as an expression or the name of a field. It may be empty if 'External Login' is set.",
		},
		{
			displayName: 'Viewers',
			name: 'viewers',
			type: 'options',
			options: [
				{
					name: 'Delete',
					value: 'delete',
					description:
						'Delete the viewer permanently, including viewer group memberships, own components and own metrics',
				},
				{
					name: 'Remove Access',
					value: 'removeAccess',
					description: 'Keep the viewer, but remove all viewer groups, own components and own metrics',
				},
			],
			default: 'delete',
			description: 'What to do with viewers of audience-specific pages',
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
						'Delete the team member and all permissions permanently. Not possible if team members have Atlassian accounts.',
				},
				{ name: 'Do Not Check', value: 'leave', description: 'Team members are not checked' },
				{
					name: 'Remove Permissions',
					value: 'removePermissions',
					description: 'Keep the team member, but remove all page permissions',
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
						'The login at the identity provider, as an expression or the name of a field. Viewers are found by email and by login.',
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
					'Whether to also delete subscriptions of any type that have the email or are linked to the viewer. Subscribers are not notified.',
			},
			organizationOption,
			pagesOption,
		),
	],
	runs: 'allItems',
	execute: runPlanOffboarding,
};
