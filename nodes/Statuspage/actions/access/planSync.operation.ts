import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { pageById } from '../../../services/statuspage/audience';
import { requireCap } from '../../../services/statuspage/plans/cap';
import { desiredPeople, requireFilledRows, type DesiredRow } from '../../../services/statuspage/plans/sync/desired';
import { listedEmails, matchPeople } from '../../../services/statuspage/plans/match';
import { readOwnAccess, readViewers } from '../../../services/statuspage/plans/sync/readForSync';
import { domainOf, peopleInScope, type Scope } from '../../../services/statuspage/plans/sync/scope';
import { readObjects, snapshotOf } from '../../../services/statuspage/plans/snapshot';
import { syncPlan, type SourcedChange, type SyncOptions } from '../../../services/statuspage/plans/sync/syncPlan';
import type { Viewer, ViewerGroup } from '../../../services/statuspage/endpoints';
import { optionsField } from '../../../shared/fields/options';
import { Breather } from '../../../shared/http/breather';
import { resolveEntries } from '../../../shared/operations/resolveNames';
import type { Output } from '../../../shared/operations/operation';
import { audienceCheckOption, audienceNotice, audienceOf } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import { lookUpIn, lookUpOption } from '../lookUpOption';
import type { StatuspageOperation } from '../statuspageOperation';
import { capOption, capPercentOf, formatField, includeUnchangedOption, outputField } from './planFields';
import { FieldValues } from './fieldValues';
import { planOutputs } from './planOutputs';

const removes = (...scopes: string[]) => ({ show: { scope: scopes } });

function rowOf(fields: FieldValues, input: StatuspageInput): DesiredRow {
	const { values, item } = input;
	const managed = values.collection('managedFields');
	const [email, login, groups, components] = [
		values.fieldOrValue('email'),
		...['externalLogin', 'viewerGroups', 'components'].map((name) => managed.fieldOrValue(name)),
	];
	if (!email) throw input.invalid('email', 'is empty');
	return {
		item,
		...fields.email(input, email),
		...(login ? { externalLogin: fields.login(input, login) } : {}),
		...(groups ? { groups: fields.names(input, groups) } : {}),
		...(components ? { components: fields.names(input, components) } : {}),
	};
}

function scopeOf(input: StatuspageInput, groups: ViewerGroup[]): Scope {
	const kind = input.values.choice<Scope['kind']>('scope', 'add');
	if (kind === 'groups') {
		const { values, item } = input;
		return {
			kind,
			groupIds: resolveEntries(
				{ label: values.label('scopeGroupIds'), item, ...viewerGroup.namesIn(groups) },
				values.entries('scopeGroupIds'),
			),
		};
	}
	if (kind === 'domains') {
		const domains = input.values.list('domains').map((domain) => domain.toLowerCase().replace(/^@/, ''));
		const bad = domains.find((domain) => !/^[\w-]+(\.[\w-]+)+$/.test(domain));
		if (bad)
			throw input.invalid(
				'domains',
				`has "${bad}", which is no domain`,
				'Enter the part after the @, e.g. example.com',
			);
		return { kind, domains: new Set(domains) };
	}
	return { kind };
}

/** The address of a change as its item gave it, where it had to be cleaned. */
function givenFor(
	{ items }: SourcedChange,
	given: ReadonlyMap<number, string | undefined>,
): Pick<DesiredRow, 'emailGiven'> {
	const emailGiven = items.map((item) => given.get(item)).find((address) => address !== undefined);
	return emailGiven === undefined ? {} : { emailGiven };
}

/** Rows of all items, judged before anything is sent. n8n evaluates an expression per item and field, so thousands of items take seconds. */
async function rowsOf(inputs: StatuspageInput[], breather: Breather): Promise<DesiredRow[]> {
	const fields = new FieldValues(inputs);
	const rows: DesiredRow[] = [];
	for (const input of inputs) {
		rows.push(rowOf(fields, input));
		await breather.breathe();
	}
	return rows;
}

async function onePageId(inputs: StatuspageInput[], breather: Breather): Promise<string> {
	const id = await inputs[0].pageId();
	for (const input of inputs) {
		if ((await input.pageId()) !== id)
			throw input.invalid('pageId', 'must be the same for all items', 'Plan each page with a node of its own');
		await breather.breathe();
	}
	return id;
}

function warnOfForeignDomains(input: StatuspageInput, scope: Scope, viewers: Viewer[]): void {
	if (scope.kind !== 'domains') return;
	const present = new Set(viewers.map(({ email }) => domainOf(email)));
	const foreign = [...scope.domains].filter((domain) => !present.has(domain));
	if (foreign.length > 0)
		input.remark(
			`No viewer on the page has an email at ${foreign.join(', ')}. Check '${input.values.label('domains')}'`,
		);
}

/** A viewer who stays keeps what was not looked at. A plan that only adds needs none of it. */
function notLookedAt({ scope, manages }: SyncOptions): string[] {
	if (scope.kind === 'add') return [];
	return [`${manages.components ? '' : 'own components and '}own metrics of viewers whom the plan does not delete`];
}

/** Input is judged in the order of its cost: values, then names in the short lists of the page, then the viewers. */
async function plan(inputs: StatuspageInput[], concurrency: number): Promise<Output[]> {
	const [first] = inputs;
	const { api } = first;
	const breather = new Breather(api.connection.clock);
	const emptyMeansNone = first.options.flag('emptyMeansNone');
	const rows = await rowsOf(inputs, breather);
	requireFilledRows(rows, emptyMeansNone);
	const id = await onePageId(inputs, breather);
	const manages = {
		groups: rows.some(({ groups }) => groups !== undefined),
		components: rows.some(({ components }) => components !== undefined),
	};
	const audience = await audienceOf(first, id, 'warn');
	const read = await pageById(api, id);
	const objects = await readObjects(api, read, manages);
	const scope = scopeOf(first, objects.groups);
	const people = await desiredPeople(
		rows,
		{
			groups: viewerGroup.namesIn(objects.groups),
			components: component.namesIn(objects.components),
			emptyMeansNone,
			createsGroups: first.options.flag('createMissingGroups'),
		},
		breather,
	);
	const { viewers, notConfirmed, isWhole } = await readViewers(api, id, people, { scope }, lookUpIn(first));
	const snapshot = snapshotOf(objects, viewers);
	const options: SyncOptions = {
		scope,
		manages,
		deletesViewers: scope.kind !== 'add' && first.values.flag('deleteViewers'),
		includesUnchanged: first.options.flag('includeUnchanged'),
		notConfirmed,
	};
	warnOfForeignDomains(first, scope, viewers);
	const matches = matchPeople(people, viewers);
	await breather.breathe();
	const inScope = peopleInScope(snapshot, scope, listedEmails(matches));
	const scopes = new Map([[id, inScope.length]]);
	const draft = await syncPlan(snapshot, people, options, matches, breather);
	// What no list shows costs a request per viewer. A plan that is over the limit by then needs none of them.
	requireCap(draft, scopes, capPercentOf(first));
	await readOwnAccess(api, snapshot, draft, matches, options, concurrency);
	await breather.breathe();
	const given = new Map(rows.map(({ item, emailGiven }) => [item, emailGiven]));
	const changes = await syncPlan(snapshot, people, options, matches, breather);
	for (const change of changes) Object.assign(change, givenFor(change, given));
	const who = isWhole
		? `all viewers and viewer groups of page ${read.name}`
		: `viewers with these emails and all viewer groups of page ${read.name}`;
	return await planOutputs(first, {
		title: `Access to ${read.name}`,
		changes,
		peopleInScope: inScope.length,
		scopes,
		sizes: { pages: new Map([[id, snapshot]]), teamMembers: 0 },
		audience: new Map(audience ? [[id, audience.summary]] : []),
		lookedAt: [who, ...(manages.components ? ['own components of the viewers in the plan'] : [])],
		notLookedAt: notLookedAt(options),
	});
}

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
	execute: plan,
};
