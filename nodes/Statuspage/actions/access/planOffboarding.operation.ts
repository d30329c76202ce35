import type { Page } from '../../../services/statuspage/endpoints';
import { planOffboarding as find, type Leaver, type OffboardingOptions } from '../../../services/statuspage/plans/offboarding';
import { emailKey } from '../../../shared/client/matching';
import { optionsField } from '../../../shared/fields/options';
import type { Output } from '../../../shared/operations/operation';
import { audienceCheckOption, audienceOf } from '../audienceCheck';
import type { Input } from '../input';
import type { Operation } from '../operation';
import { organizationOption } from '../organizationOption';
import { capOption, formatField, outputField } from './fields';
import { FieldValues } from './fieldValues';
import { pagesFor, pagesOption } from './pages';
import { planOutputs } from './planned';

function leaversIn(inputs: Input[]): Leaver[] {
	const fields = new FieldValues(inputs);
	const byAddress = new Map<string, Leaver>();
	for (const input of inputs) {
		const { values, item } = input;
		const email = values.fieldOrValue('email');
		if (!email) throw input.bad('email', 'is empty');
		const address = fields.email(input, email);
		const login = values.collection('additionalFields').fieldOrValue('externalLogin');
		const externalLogin = login && fields.login(input, login);
		if (externalLogin === '') throw input.bad('externalLogin', `is empty in item ${item}`, 'Fill it in, or remove the field');
		const key = emailKey(address.email);
		if (!byAddress.has(key)) byAddress.set(key, { item, ...address, ...(externalLogin ? { externalLogin } : {}) });
	}
	return [...byAddress.values()];
}

async function audiences(input: Input, pages: Page[]): Promise<Map<string, string>> {
	const seen = new Map<string, string>();
	for (const { id } of pages) {
		const audience = await audienceOf(input, id, 'off');
		if (audience) seen.set(id, audience.summary);
	}
	return seen;
}

async function plan(inputs: Input[]): Promise<Output[]> {
	const [first] = inputs;
	const leavers = leaversIn(inputs);
	const pages = await pagesFor(first);
	const options: OffboardingOptions = {
		pages,
		organizationId: first.optionalOrganizationId,
		viewers: first.values.choice('viewers', 'delete'),
		teamMembers: first.values.choice('teamMembers', 'delete'),
		includesSubscriptions: first.options.flag('includeSubscriptions'),
	};
	const audience = await audiences(first, pages);
	const { changes, peopleInScope, pages: seen, teamMembers } = await find(first.api, leavers, options);
	return await planOutputs(first, {
		title: `Offboarding of ${leavers.length === 1 ? leavers[0].email : `${leavers.length} people`}`,
		changes,
		peopleInScope,
		scopes: new Map([...pages.map(({ id }): [string, number] => [id, peopleInScope]), ['team', teamMembers]]),
		sizes: { pages: seen, teamMembers },
		audience,
		lookedAt: [],
		notLookedAt: [],
	});
}

export const planOffboarding: Operation = {
	value: 'planOffboarding',
	name: 'Plan Offboarding',
	action: 'Plan what leavers lose',
	description:
		'Find everything that people hold on all pages of the key and in its organization: viewer records, groups, permissions, team membership, subscriptions. Only reads: returns what has to be taken away, for a person to approve and for Apply Plan to do.',
	isReadOnly: true,
	uses: ['listPages', 'listViewers', 'listViewerGroups', 'listViewerComponents', 'listSubscribers', 'listTeamMembers', 'getPermissions'],
	fields: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			accepts: 'fieldOrValue',
			required: true,
			default: '={{ $json.email }}',
			placeholder: 'e.g. email',
			description: 'The address of each leaver: an expression, or the name of the field that holds it. If the search by email finds nobody, all viewers of each page are read, at 100 per request.',
		},
		{
			displayName: 'Viewers',
			name: 'viewers',
			type: 'options',
			options: [
				{ name: 'Delete', value: 'delete', description: 'The viewer record goes, with its groups and what it sees. Cannot be undone.' },
				{ name: 'Remove Access', value: 'removeAccess', description: 'The viewer stays, without groups and components of its own' },
			],
			default: 'delete',
			description: 'What to do with viewers on audience-specific pages',
		},
		{
			displayName: 'Team Members',
			name: 'teamMembers',
			type: 'options',
			options: [
				{ name: 'Delete', value: 'delete', description: 'The member leaves the organization, with all permissions. Cannot be undone; impossible where members have Atlassian accounts.' },
				{ name: 'Leave', value: 'leave', description: 'Team members are not looked at' },
				{ name: 'Remove Permissions', value: 'removePermissions', description: 'The member stays, without permissions on the pages' },
			],
			default: 'delete',
			description: 'What to do with members of the team',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{ displayName: 'External Login', name: 'externalLogin', type: 'string', accepts: 'fieldOrValue', default: '', placeholder: 'e.g. login', description: 'The login at the identity provider, as an expression or the name of the field: viewers are found by it as well' },
			],
		},
		outputField,
		formatField,
		optionsField(
			audienceCheckOption('off'),
			capOption,
			{ displayName: 'Include Subscriptions', name: 'includeSubscriptions', type: 'boolean', default: false, description: 'Whether to end notifications to these addresses as well. Nobody is told about it.' },
			organizationOption,
			pagesOption,
		),
	],
	executeAsOne: plan,
};
