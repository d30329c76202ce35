import { desiredPeople, type DesiredRow } from '../../access/desired';
import { matchPeople } from '../../access/match';
import { peopleInScope, type Scope } from '../../access/scope';
import { deletionCandidates, planSync as compare, type SyncOptions } from '../../access/sync';
import { readOwnComponents, readOwnMetrics, readSnapshot } from '../../access/snapshot';
import { pageById } from '../../api/lookUps';
import { audienceCheckOption, audienceOf } from '../fields/audience';
import { optionsField } from '../../../shared/actions/fields/options';
import { pageField, pageId } from '../fields/page';
import { pickListField } from '../fields/pickList';
import { audienceNotice } from '../fields/viewer';
import { badInput, type Input } from '../input';
import type { Output } from '../../../shared/actions/operation';
import type { Operation } from '../operation';
import { added, capOption, includeUnchangedOption, namesOf, outputField, textOf } from './fields';
import { planOutputs } from './planned';

const removes = (...scopes: string[]) => ({ show: { scope: scopes } });

function rowOf(input: Input): DesiredRow {
	const managed = input.collection('managedFields');
	const [login, groups, components] = ['externalLogin', 'viewerGroups', 'components'].map((name) => added(managed, name));
	return {
		item: input.number,
		email: textOf(input, input.text('email')),
		...(login === undefined ? {} : { externalLogin: textOf(input, login) }),
		...(groups === undefined ? {} : { groups: namesOf(input, groups) }),
		...(components === undefined ? {} : { components: namesOf(input, components) }),
	};
}

function scopeOf(input: Input): Scope {
	const kind = input.text('scope');
	if (kind === 'groups') return { kind, groupIds: input.requiredIds('scopeGroupIds') };
	if (kind === 'domains') {
		const domains = input.requiredIds('domains').map((domain) => domain.toLowerCase().replace(/^@/, ''));
		const bad = domains.find((domain) => !/^[\w-]+(\.[\w-]+)+$/.test(domain));
		if (bad) throw badInput('domains', `is not a domain: "${bad}"`, 'Enter what stands behind the @, e.g. example.com');
		return { kind, domains };
	}
	return kind === 'everyone' ? { kind } : { kind: 'add' };
}

async function plan(inputs: Input[]): Promise<Output[]> {
	const [first] = inputs;
	const { api } = first;
	const id = await pageId(first);
	for (const input of inputs) if ((await pageId(input)) !== id) throw badInput('pageId', 'must be the same for all items', 'Plan each page with a node of its own');
	const rows = inputs.map(rowOf);
	const scope = scopeOf(first);
	const { emptyMeansNone, createMissingGroups, includeUnchanged } = first.collection('options');
	const options: SyncOptions = {
		scope,
		manages: { groups: rows.some(({ groups }) => groups !== undefined), components: rows.some(({ components }) => components !== undefined) },
		deletesViewers: scope.kind !== 'add' && first.flag('deleteViewers'),
		includesUnchanged: includeUnchanged === true,
	};
	const audience = await audienceOf(first, id, 'warn');
	const page = await pageById(api, id);
	const snapshot = await readSnapshot(api, page, { components: options.manages.components });
	const people = desiredPeople(rows, {
		groups: snapshot.groups,
		components: snapshot.components,
		emptyMeansNone: emptyMeansNone === true,
		createsGroups: createMissingGroups === true,
	});
	if (scope.kind === 'groups') {
		const unknown = scope.groupIds.find((groupId) => !snapshot.groups.some((group) => group.id === groupId));
		if (unknown) throw badInput('scopeGroupIds', `holds no group of the page: "${unknown}"`);
	}
	const inScope = peopleInScope(snapshot, scope);
	if (options.manages.components) {
		const listed = people.filter(({ componentIds }) => componentIds).flatMap((person) => matchPeople([person], snapshot.viewers).get(person)?.id ?? []);
		const others = scope.kind === 'domains' || scope.kind === 'everyone' ? inScope.map((viewer) => viewer.id) : [];
		await readOwnComponents(api, snapshot, new Set([...listed, ...others]));
	}
	const candidates = deletionCandidates(snapshot, people, options);
	await Promise.all([readOwnComponents(api, snapshot, candidates), readOwnMetrics(api, snapshot, candidates)]);
	return planOutputs(first, {
		title: `Access to ${page.name}`,
		changes: compare(snapshot, people, options),
		peopleInScope: inScope.length,
		people: people.length,
		sizes: { pages: new Map([[id, snapshot]]), teamMembers: 0 },
		audience: new Map(audience ? [[id, audience.summary]] : []),
	});
}

export const planSync: Operation = {
	value: 'planSync',
	name: 'Plan Sync',
	action: 'Plan who gets and who loses access',
	description:
		'Compare the people who should have access, one item each (or one item a group), with who has it. Only reads: returns what has to change, for a person to approve and for Apply Plan to do. Adds only, unless a scope lets it take something away.',
	uses: ['getPage', 'listViewers', 'listViewerGroups', 'listComponents', 'listViewerComponents', 'listViewerMetrics'],
	fields: [
		audienceNotice,
		pageField,
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '={{ $json.email }}',
			placeholder: 'e.g. email',
			description: 'The address of each person: an expression, or the name of the field that holds it. Upper and lower case and spaces around it do not matter; a part behind a plus sign makes another address.',
		},
		{
			displayName: 'Managed Fields',
			name: 'managedFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What the list decides. A field that is not added is left as it is.',
			options: [
				{ displayName: 'Components', name: 'components', type: 'string', default: '', placeholder: 'e.g. components', description: 'What a person sees besides the groups: names or IDs, as an expression or the name of the field. One request a person, because no list shows it.' },
				{ displayName: 'External Login', name: 'externalLogin', type: 'string', default: '', placeholder: 'e.g. login', description: 'The login at the identity provider, as an expression or the name of the field. People are matched by it before their e-mail.' },
				{ displayName: 'Viewer Groups', name: 'viewerGroups', type: 'string', default: '', placeholder: 'e.g. groups', description: 'The groups a person should be in: names or IDs, as an array or text with commas, or the name of the field. Several items for one person add up.' },
			],
		},
		{
			displayName: 'Removal Scope',
			name: 'scope',
			type: 'options',
			options: [
				{ name: 'Everyone', value: 'everyone', description: 'Every viewer of the page loses what the list does not give' },
				{ name: 'Members of Viewer Groups', value: 'groups', description: 'Membership of the chosen groups is taken from whoever should not have it, listed or not; nothing else' },
				{ name: 'Nobody (Only Add)', value: 'add', description: 'Nothing is taken away from anybody' },
				{ name: 'People of E-Mail Domains', value: 'domains', description: 'Whoever has an address at these domains loses what the list does not give' },
			],
			default: 'add',
			description: 'From whom the plan may take something away',
		},
		pickListField('scopeGroupIds', 'getViewerGroups', { required: true, displayOptions: removes('groups') }),
		{
			displayName: 'E-Mail Domains',
			name: 'domains',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.com, example.org',
			description: 'What stands behind the @, compared whole: example.com does not mean mail.example.com',
			displayOptions: removes('domains'),
		},
		{
			displayName: 'Delete Viewers',
			name: 'deleteViewers',
			type: 'boolean',
			default: false,
			description: 'Whether to delete viewers who are in scope, not listed, and would have no group left. A deletion cannot be undone.',
			displayOptions: removes('groups', 'domains', 'everyone'),
		},
		outputField,
		optionsField(
			audienceCheckOption('warn'),
			capOption,
			{ displayName: 'Create Missing Groups', name: 'createMissingGroups', type: 'boolean', default: false, description: 'Whether a viewer group that no name or ID matches is created; otherwise it is an error' },
			{ displayName: 'Empty Means None', name: 'emptyMeansNone', type: 'boolean', default: false, description: 'Whether an empty field of an item means that the person should have nothing of it; otherwise it is an error' },
			includeUnchangedOption,
		),
	],
	executeAsOne: plan,
};

