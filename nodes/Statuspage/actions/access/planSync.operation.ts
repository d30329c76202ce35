import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { optionsField } from '../../../shared/fields/options';
import { audienceCheckOption, audienceNotice } from '../audienceCheck';
import { lookUpOption } from '../lookUpOption';
import type { StatuspageOperation } from '../statuspageOperation';
import { capOption, formatField, includeUnchangedOption, outputField } from './planFields';

const removes = (...scopes: string[]) => ({ show: { scope: scopes } });

export const planSync: StatuspageOperation = {
	value: 'planSync',
	name: 'Plan Sync',
	action: 'Plan who gets and who loses access',
	description:
		"Compare a list of people who should have access (one item per person, or per person and viewer group) with who has access now. Read-only: returns the changes needed, to be approved and passed to 'Apply Plan'. It only adds access, unless 'Removal Scope' allows removals.",
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
				'The email of each person, as an expression or the name of a field. Case and spaces around it are ignored. A part behind a plus sign makes another email.',
		},
		{
			displayName: 'Managed Fields',
			name: 'managedFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'The fields that the list decides. Fields that are not added are not changed.',
			options: [
				{
					displayName: 'Components',
					name: 'components',
					type: 'string',
					accepts: 'fieldOrValue',
					default: '',
					placeholder: 'e.g. components',
					description:
						'The own components of each person: names or IDs, as an expression or the name of a field. One request per person, because no list contains them.',
				},
				{
					displayName: 'External Login',
					name: 'externalLogin',
					type: 'string',
					accepts: 'fieldOrValue',
					default: '',
					placeholder: 'e.g. login',
					description:
						'The login at the identity provider, as an expression or the name of a field. It is compared before the email.',
				},
				{
					displayName: 'Viewer Groups',
					name: 'viewerGroups',
					type: 'string',
					accepts: 'fieldOrValue',
					default: '',
					placeholder: 'e.g. groups',
					description:
						'The viewer groups of each person: names or IDs, as an array, text with commas, or the name of a field. Several items for one person add up.',
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
						'Remove viewers from the selected viewer groups where the list does not have them. Other access is not changed.',
				},
				{ name: 'Nobody (Only Add)', value: 'add', description: 'No access is removed' },
				{
					name: 'People of E-Mail Domains',
					value: 'domains',
					description: 'Remove any access that is not in the list, for viewers with an email at these domains',
				},
			],
			default: 'add',
			description: 'The viewers who may lose access',
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
			description: 'The part after the @. Subdomains are not included: example.com does not match mail.example.com.',
			displayOptions: removes('domains'),
		},
		{
			displayName: 'Delete Viewers',
			name: 'deleteViewers',
			type: 'boolean',
			default: false,
			description:
				'Whether to delete viewers who are in scope, not in the list, and would have no viewer group left. Costs 2 requests per viewer. Cannot be undone.',
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
					'Whether an empty field means "none", e.g. no viewer groups. If off, an empty field stops the plan.',
			},
			includeUnchangedOption,
			lookUpOption(
				"It applies to plans that only add, for up to 3 people without 'External Login'. In all other plans, all viewers are read. After Quick, the change says notConfirmed: true, and 'Apply Plan' reads all viewers before it creates this viewer",
			),
		),
	],
	runs: 'allItems',
	execute: async (inputs, concurrency) => await (await import('./runPlanSync')).runPlanSync(inputs, concurrency),
};
