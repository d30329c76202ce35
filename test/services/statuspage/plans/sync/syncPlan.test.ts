import fc from 'fast-check';
import { requireCap, maxPeopleLosing } from '../../../../../nodes/services/statuspage/plans/cap';
import { listedEmails, matchPeople } from '../../../../../nodes/services/statuspage/plans/matchPeople';
import type { Person } from '../../../../../nodes/services/statuspage/plans/sync/desiredPeople';
import type { PageSnapshot } from '../../../../../nodes/services/statuspage/plans/snapshot';
import { peopleInScope, type Scope } from '../../../../../nodes/services/statuspage/plans/sync/scope';
import {
	syncPlan,
	type SourcedChange,
	type SyncOptions,
} from '../../../../../nodes/services/statuspage/plans/sync/syncPlan';
import type { Viewer, ViewerGroup } from '../../../../../nodes/services/statuspage/endpoints';
import { Breather } from '../../../../../nodes/shared/http/breather';
import { CountingClock } from '../../../../support/countingClock';
import { numRuns } from '../../../../support/runs';

const viewer = (id: string, email: string, groupIds: string[] = [], external_login: string | null = null): Viewer => ({
	id,
	email,
	external_login,
	page_access_group_ids: groupIds,
});
const group = (
	id: string,
	name: string,
	viewers: Viewer[],
	external_identifier: string | null = null,
): ViewerGroup => ({
	id,
	name,
	external_identifier,
	page_access_user_ids: viewers
		.filter(({ page_access_group_ids }) => page_access_group_ids.includes(id))
		.map((row) => row.id),
	component_ids: [],
	metric_ids: [],
});

/** Anna is in both groups, Ben in A, Cleo at another domain in B, Dora in none. */
function snapshot(more: Partial<PageSnapshot> = {}): PageSnapshot {
	const viewers = [
		viewer('anna', 'anna@example.com', ['A', 'B'], 'u1'),
		viewer('ben', 'Ben@Example.com', ['A']),
		viewer('cleo', 'cleo@mail.example.com', ['B'], 'u3'),
		viewer('dora', 'dora@example.com'),
	];
	const groups = [group('A', 'Group A', viewers), group('B', 'Group B', viewers, 'idp-b')];
	return {
		page: { id: 'page', name: 'Page' },
		viewers,
		groups,
		components: [],
		componentsOf: new Map(),
		metricsOf: new Map(),
		names: new Map(),
		...more,
	};
}

const person = (email: string, groupIds?: string[], more: Partial<Person> = {}): Person => ({
	email,
	groupIds,
	newGroups: [],
	items: [0],
	...more,
});
const plan = async (
	people: Person[],
	scope: Scope = { kind: 'add' },
	more: Partial<SyncOptions> = {},
	state = snapshot(),
) =>
	await syncPlan(state, people, {
		scope,
		manages: { groups: true, components: false },
		deletesViewers: false,
		includesUnchanged: false,
		...more,
	});
const short = (changes: SourcedChange[]) =>
	changes.map(({ action, objectId, after, before }) =>
		[action, objectId, after?.groupId ?? before?.groupId].filter(Boolean).join(' '),
	);

describe('removals by scope', () => {
	const onlyAnna = [person('anna@example.com', ['A'])];
	test.each<[string, Scope, Partial<SyncOptions>, string[]]>([
		['nobody', { kind: 'add' }, {}, []],
		['a group', { kind: 'groups', groupIds: ['B'] }, {}, ['removeFromGroup anna B', 'removeFromGroup cleo B']],
		['the other group', { kind: 'groups', groupIds: ['A'] }, {}, ['removeFromGroup ben A']],
		[
			'a domain, compared whole',
			{ kind: 'domains', domains: new Set(['example.com']) },
			{},
			['removeFromGroup anna B', 'removeFromGroup ben A'],
		],
		['another domain', { kind: 'domains', domains: new Set(['mail.example.com']) }, {}, ['removeFromGroup cleo B']],
		[
			'everyone',
			{ kind: 'everyone' },
			{},
			['removeFromGroup anna B', 'removeFromGroup ben A', 'removeFromGroup cleo B'],
		],
		[
			'everyone, with deletions',
			{ kind: 'everyone' },
			{ deletesViewers: true },
			['removeFromGroup anna B', 'deleteViewer ben', 'deleteViewer cleo', 'deleteViewer dora'],
		],
		[
			'a group, with deletions of those who have nothing left',
			{ kind: 'groups', groupIds: ['A'] },
			{ deletesViewers: true },
			['deleteViewer ben'],
		],
		[
			'everyone, but groups are not managed',
			{ kind: 'everyone' },
			{ manages: { groups: false, components: false } },
			[],
		],
	])('%s', async (_, scope, more, expected) => expect(short(await plan(onlyAnna, scope, more))).toEqual(expected));

	test('a scope of groups does not delete a viewer with own components', async () => {
		const state = snapshot({ componentsOf: new Map([['ben', ['c1']]]) });
		expect(short(await plan(onlyAnna, { kind: 'groups', groupIds: ['A'] }, { deletesViewers: true }, state))).toEqual([
			'removeFromGroup ben A',
		]);
	});
});

describe('a deletion contains everything that is deleted with the viewer', () => {
	const own = {
		componentsOf: new Map([['ben', ['c2', 'c1']]]),
		metricsOf: new Map([['ben', ['m1']]]),
		names: new Map([
			['A', 'Group A'],
			['c1', 'API'],
			['c2', 'Web'],
			['m1', 'Errors'],
			['c9', 'Other'],
		]),
	};

	test('in a wide scope', async () => {
		const [deletion] = (
			await plan(
				[person('anna@example.com', ['A', 'B'])],
				{ kind: 'everyone' },
				{ deletesViewers: true },
				snapshot(own),
			)
		).filter(({ objectId }) => objectId === 'ben');
		expect(deletion).toMatchObject({
			action: 'deleteViewer',
			before: { groupIds: ['A'], componentIds: ['c1', 'c2'], metricIds: ['m1'] },
			pageName: 'Page',
			names: { A: 'Group A', c1: 'API', c2: 'Web', m1: 'Errors' },
		});
		expect(deletion.names).not.toHaveProperty('c9');
	});

	test.each([
		['own components', { componentsOf: own.componentsOf }],
		['own metrics', { metricsOf: own.metricsOf }],
	])('in a scope of groups, a viewer with %s only loses the group', async (_, more) => {
		expect(
			short(
				await plan(
					[person('anna@example.com', ['A', 'B'])],
					{ kind: 'groups', groupIds: ['A'] },
					{ deletesViewers: true },
					snapshot(more),
				),
			),
		).toEqual(['removeFromGroup ben A']);
	});
});

test('the change contains the components and metrics that the group grants', async () => {
	const state = snapshot();
	Object.assign(state.groups[0], { component_ids: ['c2', 'c1'], metric_ids: ['m1'] });
	expect(await plan([person('dora@example.com', ['A'])], { kind: 'add' }, {}, state)).toMatchObject([
		{
			before: { groupId: 'A', groupName: 'Group A', isMember: false, componentIds: ['c1', 'c2'], metricIds: ['m1'] },
			after: { isMember: true },
		},
	]);
});

test('with a new email in the domain, the plan already contains the removals of the next plan', async () => {
	const cleo = [person('cleo@example.com', [], { externalLogin: 'u3' })];
	const scope: Scope = { kind: 'domains', domains: new Set(['example.com']) };
	expect(short((await plan(cleo, scope)).filter(({ objectId }) => objectId === 'cleo'))).toEqual([
		'updateViewer cleo',
		'removeFromGroup cleo B',
	]);
	const after = snapshot();
	Object.assign(after.viewers[2], { email: 'cleo@example.com', page_access_group_ids: [] });
	after.groups[1].page_access_user_ids = ['anna'];
	expect((await plan(cleo, scope, {}, after)).filter(({ objectId }) => objectId === 'cleo')).toEqual([]);
});

test('the new email of a listed person also puts the viewer in the scope of a domain', async () => {
	const cleo = [person('cleo@example.com', ['B'], { externalLogin: 'u3', componentIds: ['c2'] })];
	const scope: Scope = { kind: 'domains', domains: new Set(['example.com']) };
	const state = snapshot({ componentsOf: new Map([['cleo', ['c1']]]) });
	const listed = listedEmails(matchPeople(cleo, state.viewers));
	expect(peopleInScope(state, scope, listed).map(({ id }) => id)).toEqual(['anna', 'ben', 'cleo', 'dora']);
	const own = (await plan(cleo, scope, { manages: { groups: true, components: true } }, state)).find(
		({ action, objectId }) => action === 'setComponents' && objectId === 'cleo',
	);
	expect(own).toMatchObject({ before: { componentIds: ['c1'] }, after: { componentIds: ['c2'] } });
});

describe('matching people and viewers', () => {
	test('by login before email: a new email is written and no viewer is created', async () => {
		const [change] = await plan([person('anna.smith@example.com', undefined, { externalLogin: 'u1' })]);
		expect(change).toMatchObject({
			action: 'updateViewer',
			objectId: 'anna',
			before: { email: 'anna@example.com' },
			after: { email: 'anna.smith@example.com' },
		});
	});

	test('by email, regardless of case', async () => expect(await plan([person('BEN@example.COM', ['A'])])).toEqual([]));

	test('a different login is written', async () => {
		expect(await plan([person('ben@example.com', undefined, { externalLogin: 'u2' })])).toMatchObject([
			{ action: 'updateViewer', before: { external_login: null }, after: { external_login: 'u2' } },
		]);
	});

	test.each([
		[
			'two viewers',
			[person('cleo@mail.example.com', [], { externalLogin: 'u1' })],
			/matches 2 viewers: anna@example.com \(anna\) and cleo@mail.example.com \(cleo\)/,
		],
		[
			'two viewers whose addresses differ in case',
			[person('twin@example.com')],
			/matches 2 viewers: twin@example.com \(t1\) and Twin@Example.com \(t2\)/,
		],
		[
			'one viewer twice',
			[person('anna@example.com'), person('new@example.com', [], { externalLogin: 'u1', items: [1] })],
			/Items 0 \(anna@example.com\) and 1 \(new@example.com\) match the same viewer/,
		],
	])('%s is an error that names both', async (_, people, message) => {
		const state = snapshot();
		state.viewers.push(viewer('t1', 'twin@example.com'), viewer('t2', 'Twin@Example.com'));
		await expect(plan(people, { kind: 'add' }, {}, state)).rejects.toThrow(message);
	});
});

test('a membership counts even if only the group or the viewer lists it', async () => {
	const state = snapshot();
	state.groups[1].page_access_user_ids.push('dora');
	expect(short(await plan([person('dora@example.com', ['B'])], { kind: 'add' }, {}, state))).toEqual([]);
});

test('a change of a group with an external identifier has a note', async () => {
	expect(await plan([person('dora@example.com', ['B'])])).toMatchObject([
		{ note: expect.stringContaining('Single sign-on') },
	]);
});

test('an empty list is rejected if access may be removed, and results in no changes otherwise', async () => {
	expect(await plan([])).toEqual([]);
	await expect(plan([], { kind: 'everyone' })).rejects.toThrow('is empty');
});

test('own components are added without a scope and replaced in a scope', async () => {
	const state = snapshot({ componentsOf: new Map([['anna', ['c1']]]) });
	const anna = [person('anna@example.com', undefined, { componentIds: ['c2'] })];
	const manages = { groups: false, components: true };
	expect(await plan(anna, { kind: 'add' }, { manages }, state)).toMatchObject([
		{ action: 'setComponents', after: { componentIds: ['c1', 'c2'] } },
	]);
	expect(await plan(anna, { kind: 'everyone' }, { manages }, state)).toMatchObject([
		{ action: 'setComponents', after: { componentIds: ['c2'] } },
	]);
});

describe('the cap', () => {
	test.each([
		[0, 10, 1],
		[9, 10, 1],
		[19, 10, 1],
		[20, 10, 2],
		[5000, 10, 500],
		[5000, 0, 1],
		[7, 100, 7],
	])('of %d people at %d %% is %d', (people, percent, most) => expect(maxPeopleLosing(people, percent)).toBe(most));

	test('counts people, not changes, and names the option', async () => {
		const scope: Scope = { kind: 'everyone' };
		const changes = await plan([person('dora@example.com', [])], scope);
		expect(changes).toHaveLength(4);
		const inScope = new Map([['page', peopleInScope(snapshot(), scope).length]]);
		expect(() => requireCap(changes, inScope, 75)).not.toThrow();
		expect(() => requireCap(changes, inScope, 74)).toThrow(
			'This plan removes access from 3 of 4 people in scope on page Page (anna@example.com, ben@example.com, cleo@mail.example.com). The limit is 2 (74%)',
		);
		try {
			requireCap(changes, inScope, 10);
		} catch (error) {
			expect((error as { facts: { advice: string } }).facts.advice).toContain("'Max People Losing Access (%)'");
		}
	});
});

test('comparing many people lets other executions run', async () => {
	// Each look at the time takes 7 ms, so every third viewer is too much for one step.
	const clock = new CountingClock(7);
	const viewers = Array.from({ length: 60 }, (_, index) => viewer(`v${index}`, `v${index}@example.com`, ['A']));
	const state = snapshot({ viewers, groups: [group('A', 'Group A', viewers)] });
	const people = viewers.slice(0, 30).map(({ email }) => person(String(email), ['A']));
	await syncPlan(
		state,
		people,
		{
			scope: { kind: 'everyone' },
			manages: { groups: true, components: false },
			deletesViewers: true,
			includesUnchanged: false,
		},
		undefined,
		new Breather(clock),
	);
	expect(clock.sleeps).toBeGreaterThanOrEqual(12);
});

/** The state after a plan was applied. */
function applied(state: PageSnapshot, changes: SourcedChange[]): PageSnapshot {
	const viewers = new Map(
		state.viewers.map((row) => [row.id, { ...row, page_access_group_ids: [...(row.page_access_group_ids ?? [])] }]),
	);
	const groups = new Map(
		state.groups.map((row) => [row.id, { ...row, page_access_user_ids: [...row.page_access_user_ids] }]),
	);
	const componentsOf = new Map(state.componentsOf);
	const join = (id: string, groupId: string) => {
		viewers.get(id)?.page_access_group_ids?.push(groupId);
		groups.get(groupId)?.page_access_user_ids.push(id);
	};
	const leave = (id: string, groupId: string) => {
		const row = viewers.get(id);
		if (row) row.page_access_group_ids = row.page_access_group_ids?.filter((each) => each !== groupId);
		const of = groups.get(groupId);
		if (of) of.page_access_user_ids = of.page_access_user_ids.filter((each) => each !== id);
	};
	for (const [index, { action, objectId, before, after }] of changes.entries()) {
		const id = String(objectId);
		if (action === 'createViewer') {
			const created = `new${index}`;
			viewers.set(
				created,
				viewer(created, String(after?.email), [], (after?.external_login as string | undefined) ?? null),
			);
			for (const groupId of after?.groupIds as string[]) join(created, groupId);
			componentsOf.set(created, (after?.componentIds as string[] | undefined) ?? []);
		}
		if (action === 'updateViewer') Object.assign(viewers.get(id) ?? {}, after);
		if (action === 'addToGroup') join(id, String(after?.groupId));
		if (action === 'removeFromGroup') leave(id, String(before?.groupId));
		if (action === 'setComponents') componentsOf.set(id, after?.componentIds as string[]);
		if (action === 'deleteViewer') {
			for (const groupId of before?.groupIds as string[]) leave(id, groupId);
			viewers.delete(id);
		}
	}
	return { ...state, viewers: [...viewers.values()], groups: [...groups.values()], componentsOf };
}

/** A viewer, or a row of the list: which address and login, in which case, with which groups and components. */
const entry = fc.record({
	who: fc.nat(5),
	domain: fc.constantFrom('example.com', 'Other.example'),
	isUpper: fc.boolean(),
	login: fc.option(fc.nat(5), { nil: undefined }),
	groupIds: fc.uniqueArray(fc.constantFrom('A', 'B', 'C')),
	componentIds: fc.uniqueArray(fc.constantFrom('c1', 'c2')),
	hasMetric: fc.boolean(),
});
const addressOf = ({ who, domain, isUpper }: { who: number; domain: string; isUpper: boolean }) =>
	isUpper ? `p${who}@${domain}`.toUpperCase() : `p${who}@${domain}`;

test('after applying a plan, the next plan is empty: new emails, different case, two records per person, own components and metrics', async () => {
	let compared = 0;
	let contradicted = 0;
	const scopes = fc.constantFrom<Scope>(
		{ kind: 'add' },
		{ kind: 'groups', groupIds: ['A', 'B'] },
		{ kind: 'domains', domains: new Set(['example.com']) },
		{ kind: 'domains', domains: new Set(['other.example']) },
		{ kind: 'everyone' },
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(entry, { maxLength: 7 }),
			fc.uniqueArray(entry, { minLength: 1, maxLength: 6, selector: ({ who, domain }) => `${who} ${domain}` }),
			scopes,
			fc.boolean(),
			fc.boolean(),
			async (on, rows, scope, components, deletesViewers) => {
				const viewers = on.map((row, index) =>
					viewer(`v${index}`, addressOf(row), row.groupIds, row.login === undefined ? null : `u${row.login}`),
				);
				const state = snapshot({
					viewers,
					groups: ['A', 'B', 'C'].map((id) => group(id, id, viewers)),
					componentsOf: new Map(on.map(({ componentIds }, index) => [`v${index}`, componentIds])),
					metricsOf: new Map(on.map(({ hasMetric }, index) => [`v${index}`, hasMetric ? ['m1'] : []])),
				});
				const logins = new Set<number>();
				const people = rows.map((row) => {
					const login = row.login === undefined || logins.has(row.login) ? undefined : row.login;
					if (login !== undefined) logins.add(login);
					return person(addressOf(row), row.groupIds, {
						...(login === undefined ? {} : { externalLogin: `u${login}` }),
						...(components ? { componentIds: row.componentIds } : {}),
					});
				});
				const options = { manages: { groups: true, components }, deletesViewers };
				let changes: SourcedChange[];
				try {
					changes = await plan(people, scope, options, state);
				} catch (error) {
					contradicted++;
					expect(String((error as Error).message)).toMatch(/matches \d+ viewers|match the same viewer/);
					return;
				}
				compared++;
				const after = applied(state, changes);
				expect(await plan(people, scope, options, after)).toEqual([]);
				// Viewers outside the scope keep their access.
				const listed = listedEmails(matchPeople(people, viewers));
				const allowed = new Set(peopleInScope(state, scope, listed).map(({ id }) => id));
				for (const { action, objectId, before, after: then } of changes) {
					const removes =
						['removeFromGroup', 'deleteViewer'].includes(action) ||
						(action === 'setComponents' &&
							(before?.componentIds as string[]).some((id) => !(then?.componentIds as string[]).includes(id)));
					if (removes) expect([action, allowed.has(String(objectId))]).toEqual([action, true]);
				}
			},
		),
		{ numRuns: numRuns() },
	);
	expect(compared).toBeGreaterThan(contradicted / 4);
	expect(contradicted).toBeGreaterThan(0);
});
