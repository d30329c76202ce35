import type { Page } from '../../../services/statuspage/endpoints';
import { leaversOf, whoIs, type LeaverRow } from '../../../services/statuspage/plans/offboarding/leavers';
import {
	offboardingPlan,
	type OffboardingOptions,
} from '../../../services/statuspage/plans/offboarding/offboardingPlan';
import { optionsField } from '../../../shared/fields/options';
import { Breather } from '../../../shared/http/breather';
import { mapConcurrently } from '../../../shared/http/concurrently';
import { invalidInput } from '../../../shared/operations/invalidInput';
import type { Output } from '../../../shared/operations/operation';
import { audienceCheckOption, audienceOf } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../organizationOption';
import { capOption, formatField, outputField } from './planFields';
import { FieldValues } from './fieldValues';
import { chosenPages, pagesOption } from './pagesOption';
import { planOutputs } from './planOutputs';

/** An email, an external login, or both. */
function rowOf(fields: FieldValues, input: StatuspageInput): LeaverRow {
	const { values, item } = input;
	const email = values.fieldOrValue('email');
	const login = values.collection('additionalFields').fieldOrValue('externalLogin');
	const externalLogin = login ? fields.login(input, login) : '';
	if (email && !fields.isEmpty(input, email)) {
		// A leaver may have more records than the email finds, so a login that is missing by mistake must not count as none.
		if (login && externalLogin === '')
			throw invalidInput(
				`${login.label} of item ${item}`,
				'is empty',
				'Fill it in, or remove the field. Plan leavers without an external login with a node of its own',
				item,
			);
		return { item, externalLogin, ...fields.email(input, email) };
	}
	if (externalLogin !== '') return { item, externalLogin, email: '' };
	const problem = login ? "is empty, and so is 'External Login'" : 'is empty';
	throw invalidInput(
		`'Email' of item ${item}`,
		problem,
		"Enter an email. For leavers without one, add the field 'External Login'",
		item,
	);
}

async function audiences(input: StatuspageInput, pages: Page[], concurrency: number): Promise<Map<string, string>> {
	const seen = await mapConcurrently(
		pages,
		{ concurrency, clock: input.api.connection.clock },
		async ({ id }) => [id, (await audienceOf(input, id, 'off'))?.summary] as const,
	);
	return new Map(seen.flatMap(([id, summary]) => (summary === undefined ? [] : [[id, summary] as const])));
}

async function plan(inputs: StatuspageInput[], concurrency: number): Promise<Output[]> {
	const [first] = inputs;
	const fields = new FieldValues(inputs);
	const breather = new Breather(first.api.connection.clock);
	const rows: LeaverRow[] = [];
	for (const input of inputs) {
		await breather.breathe();
		rows.push(rowOf(fields, input));
	}
	const leavers = leaversOf(rows);
	const { pages, otherPages } = await chosenPages(first);
	const options: OffboardingOptions = {
		pages,
		otherPages,
		organizationId: first.optionalOrganizationId,
		viewers: first.values.choice('viewers', 'delete'),
		teamMembers: first.values.choice('teamMembers', 'delete'),
		includesSubscriptions: first.options.flag('includeSubscriptions'),
		concurrency,
	};
	const audience = await audiences(first, pages, concurrency);
	const { pages: read, teamMembers, ...found } = await offboardingPlan(first.api, leavers, options);
	return await planOutputs(first, {
		title: `Offboarding of ${leavers.length === 1 ? whoIs(leavers[0]) : `${leavers.length} people`}`,
		...found,
		sizes: { pages: read, teamMembers },
		audience,
	});
}

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
	execute: plan,
};
