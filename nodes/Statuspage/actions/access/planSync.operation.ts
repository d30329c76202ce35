import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { optionsField } from '../../../shared/fields/options';
import { audienceCheckOption, audienceNotice } from '../audienceCheck';
import { lookUpOption } from '../lookUpOption';
import type { StatuspageOperation } from '../statuspageOperation';
import { capOption, formatField, includeUnchangedOption, outputField } from './planFields';
import { runPlanSync } from './runPlanSync';

const removes = (...scopes: string[]) => ({ show: { scope: scopes } });

export const planSync: StatuspageOperation = {
	value: 'planSync',
	name: 'Plan Sync',
	action: 'Plan access sync',
	description: 'Plan access changes from a list of people who should have access, without changing anything yet',
	effects:
		"Compares the list (one item per person, or one per person and viewer group) with the current access to the page. Returns the changes for approval and for 'Apply Plan'. Access is only added, unless 'Removal Scope' allows removals. Nobody is notified.",
	isReadOnly: true,
	uses: ['getPage', 'listViewers', 'listViewerGroups', 'listComponents', 'listViewerComponents', 'listViewerMetrics'],
	fields: [
		audienceNotice,
		page.locator,
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			accepts: 'fieldOrValue',
			required: true,
			default: '={{ $json.email }}',
			placeholder: 'e.g. email',
			description:
				'The email of each person, as an expression or the name of a field. Case is ignored. anna+test@example.com is a different email.',
		},
		{
			displayName: 'Managed Fields',
			name: 'managedFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'Fields that the list controls. Fields that are not added here are not changed.',
			options: [
				{
					displayName: 'Components',
					name: 'components',
					type: 'string',
					accepts: 'fieldOrValue',
					default: '',
					placeholder: 'e.g. components',
					description:
						'Own components of each person (names or IDs), as an expression or the name of a field. Uses one request per person.',
				},
				{
					displayName: 'External Login',
					name: 'externalLogin',
					type: 'string',
					accepts: 'fieldOrValue',
					default: '',
					placeholder: 'e.g. login',
					description:
						'The login at the identity provider, as an expression or the name of a field. Viewers are matched by login, then by email.',
				},
				{
					displayName: 'Viewer Groups',
					name: 'viewerGroups',
					type: 'string',
					accepts: 'fieldOrValue',
					default: '',
					placeholder: 'e.g. groups',
					description:
						'Viewer groups of each person (names or IDs), as an expression or the name of a field. Several items for a person are combined.',
				},
			],
		},
		{
			displayName: 'Removal Scope',
			name: 'scope',
			type: 'options',
			options: [
				{
					name: 'Everyone',
					value: 'everyone',
					description: 'Remove any access that is not in the list, for all viewers of the page',
				},
				{
					name: 'Members of Viewer Groups',
					value: 'groups',
					description:
						'Remove memberships that are not in the list from the selected viewer groups. Other access is not changed.',
				},
				{ name: 'Nobody (Only Add)', value: 'add', description: 'Only add access and never remove any' },
				{
					name: 'People of Email Domains',
					value: 'domains',
					description: 'Remove any access that is not in the list, for viewers with an email at these domains',
				},
			],
			default: 'add',
			description: 'Viewers who may lose access',
		},
		viewerGroup.picks('scopeGroupIds', { required: true, displayOptions: removes('groups') }),
		{
			displayName: 'Email Domains',
			name: 'domains',
			type: 'string',
			accepts: 'list',
			required: true,
			default: '',
			placeholder: 'e.g. example.com, example.org',
			description: 'The part after the @. Subdomains are not included, so example.com does not match mail.example.com.',
			displayOptions: removes('domains'),
		},
		{
			displayName: 'Delete Viewers',
			name: 'deleteViewers',
			type: 'boolean',
			default: false,
			description:
				'Whether to permanently delete viewers in scope who are not in the list and have no viewer group left. Uses 2 requests per viewer.',
			displayOptions: removes('groups', 'domains', 'everyone'),
		},
		outputField,
		formatField,
		optionsField(
			audienceCheckOption('warn'),
			capOption,
			{
				displayName: 'Create Missing Groups',
				name: 'createMissingGroups',
				type: 'boolean',
				default: false,
				description:
					'Whether to create viewer groups that do not exist. If off, an unknown viewer group stops the plan.',
			},
			{
				displayName: 'Empty Means None',
				name: 'emptyMeansNone',
				type: 'boolean',
				default: false,
				description:
					'Whether an empty field means "none", for example no viewer groups. If off, an empty field stops the plan.',
			},
			includeUnchangedOption,
			lookUpOption("Only used for up to 3 people without 'External Login' in a plan that only adds access"),
		),
	],
	runs: 'allItems',
	execute: runPlanSync,
};
