import { requireCap, mostLosing } from '../../../../../nodes/services/statuspage/plans/cap';
import type { Person } from '../../../../../nodes/services/statuspage/plans/sync/desired';
import type { PageSnapshot } from '../../../../../nodes/services/statuspage/plans/snapshot';
import { peopleInScope, type Scope } from '../../../../../nodes/services/statuspage/plans/sync/scope';
import { planSync, type SyncOptions } from '../../../../../nodes/services/statuspage/plans/sync/sync';
import type { Viewer, ViewerGroup } from '../../../../../nodes/services/statuspage/endpoints';

const viewer = (id: string, email: string, groupIds: string[] = [], external_login: string | null = null): Viewer => ({ id, email, external_login, page_access_group_ids: groupIds });
const group = (id: string, name: string, viewers: Viewer[], external_identifier: string | null = null): ViewerGroup => ({
	id,
	name,
	external_identifier,
	page_access_user_ids: viewers.filter(({ page_access_group_ids }) => page_access_group_ids.includes(id)).map((row) => row.id),
	component_ids: [],
	metric_ids: [],
});

/** Anna is in both groups, Ben in A, Cleo at another domain in B, Dora in none. */
function snapshot(more: Partial<PageSnapshot> = {}): PageSnapshot {
	const viewers = [viewer('anna', 'anna@example.com', ['A', 'B'], 'u1'), viewer('ben', 'Ben@Example.com', ['A']), viewer('cleo', 'cleo@mail.example.com', ['B'], 'u3'), viewer('dora', 'dora@example.com')];
	const groups = [group('A', 'Group A', viewers), group('B', 'Group B', viewers, 'idp-b')];
	return { page: { id: 'page', name: 'Page' }, viewers, groups, components: [], componentsOf: new Map(), metricsOf: new Map(), names: new Map(), ...more };
}

const person = (email: string, groupIds?: string[], more: Partial<Person> = {}): Person => ({ email, groupIds, newGroups: [], items: [0], ...more });
const plan = (people: Person[], scope: Scope = { kind: 'add' }, more: Partial<SyncOptions> = {}, state = snapshot()) =>
	planSync(state, people, { scope, manages: { groups: true, components: false }, deletesViewers: false, includesUnchanged: false, ...more });
const short = (changes: ReturnType<typeof plan>) => changes.map(({ action, objectId, after, before }) => [action, objectId, after?.groupId ?? before?.groupId].filter(Boolean).join(' '));

describe('what a scope may take away', () => {
	const onlyAnna = [person('anna@example.com', ['A'])];
	test.each<[string, Scope, Partial<SyncOptions>, string[]]>([
		['nobody', { kind: 'add' }, {}, []],
		['a group', { kind: 'groups', groupIds: ['B'] }, {}, ['removeFromGroup anna B', 'removeFromGroup cleo B']],
		['the other group', { kind: 'groups', groupIds: ['A'] }, {}, ['removeFromGroup ben A']],
		['a domain, compared whole', { kind: 'domains', domains: ['example.com'] }, {}, ['removeFromGroup anna B', 'removeFromGroup ben A']],
		['another domain', { kind: 'domains', domains: ['mail.example.com'] }, {}, ['removeFromGroup cleo B']],
		['everyone', { kind: 'everyone' }, {}, ['removeFromGroup anna B', 'removeFromGroup ben A', 'removeFromGroup cleo B']],
		['everyone, with deletions', { kind: 'everyone' }, { deletesViewers: true }, ['removeFromGroup anna B', 'deleteViewer ben', 'deleteViewer cleo', 'deleteViewer dora']],
		['a group, with deletions of those who have nothing left', { kind: 'groups', groupIds: ['A'] }, { deletesViewers: true }, ['deleteViewer ben']],
		['everyone, but groups are not managed', { kind: 'everyone' }, { manages: { groups: false, components: false } }, []],
	])('%s', (_, scope, more, expected) => expect(short(plan(onlyAnna, scope, more))).toEqual(expected));

	test('somebody with components of the own is not deleted by a scope of groups', () => {
		const state = snapshot({ componentsOf: new Map([['ben', ['c1']]]) });
		expect(short(plan(onlyAnna, { kind: 'groups', groupIds: ['A'] }, { deletesViewers: true }, state))).toEqual(['removeFromGroup ben A']);
	});
});

describe('a deletion shows everything that goes with the viewer', () => {
	const own = { componentsOf: new Map([['ben', ['c2', 'c1']]]), metricsOf: new Map([['ben', ['m1']]]), names: new Map([['A', 'Group A'], ['c1', 'API'], ['c2', 'Web'], ['m1', 'Errors'], ['c9', 'Other']]) };

	test('in a wide scope', () => {
		const [deletion] = plan([person('anna@example.com', ['A', 'B'])], { kind: 'everyone' }, { deletesViewers: true }, snapshot(own)).filter(({ objectId }) => objectId === 'ben');
		expect(deletion).toMatchObject({ action: 'deleteViewer', before: { groupIds: ['A'], componentIds: ['c1', 'c2'], metricIds: ['m1'] }, pageName: 'Page', names: { A: 'Group A', c1: 'API', c2: 'Web', m1: 'Errors' } });
		expect(deletion.names).not.toHaveProperty('c9');
	});

	test.each([['own components', { componentsOf: own.componentsOf }], ['own metrics', { metricsOf: own.metricsOf }]])('in a scope of groups, a viewer with %s loses the group only', (_, more) => {
		expect(short(plan([person('anna@example.com', ['A', 'B'])], { kind: 'groups', groupIds: ['A'] }, { deletesViewers: true }, snapshot(more)))).toEqual(['removeFromGroup ben A']);
	});
});

test('who is added to a group gets what it shows, so that is part of the change', () => {
	const state = snapshot();
	Object.assign(state.groups[0], { component_ids: ['c2', 'c1'], metric_ids: ['m1'] });
	expect(plan([person('dora@example.com', ['A'])], { kind: 'add' }, {}, state)).toMatchObject([{ before: { groupId: 'A', groupName: 'Group A', isMember: false, componentIds: ['c1', 'c2'], metricIds: ['m1'] }, after: { isMember: true } }]);
});

test('with a new address in the domain, the plan removes at once what the next plan would', () => {
	const cleo = [person('cleo@example.com', [], { externalLogin: 'u3' })];
	const scope: Scope = { kind: 'domains', domains: ['example.com'] };
	expect(short(plan(cleo, scope).filter(({ objectId }) => objectId === 'cleo'))).toEqual(['updateViewer cleo', 'removeFromGroup cleo B']);
	const after = snapshot();
	Object.assign(after.viewers[2], { email: 'cleo@example.com', page_access_group_ids: [] });
	after.groups[1].page_access_user_ids = ['anna'];
	expect(plan(cleo, scope, {}, after).filter(({ objectId }) => objectId === 'cleo')).toEqual([]);
});

describe('who is meant', () => {
	test('by login before address: a new address is written, nobody is created', () => {
		const [change] = plan([person('anna.smith@example.com', undefined, { externalLogin: 'u1' })]);
		expect(change).toMatchObject({ action: 'updateViewer', objectId: 'anna', before: { email: 'anna@example.com' }, after: { email: 'anna.smith@example.com' } });
	});

	test('by address, whatever its case', () => expect(plan([person('BEN@example.COM', ['A'])])).toEqual([]));

	test('a login that differs is written', () => {
		expect(plan([person('ben@example.com', undefined, { externalLogin: 'u2' })])).toMatchObject([{ action: 'updateViewer', before: { external_login: null }, after: { external_login: 'u2' } }]);
	});

	test.each([
		['two viewers', [person('cleo@mail.example.com', [], { externalLogin: 'u1' })], /means two viewers: anna@example.com \(anna\) and cleo@mail.example.com \(cleo\)/],
		['two viewers whose addresses differ in case', [person('twin@example.com')], /means two viewers: twin@example.com \(t1\) and Twin@Example.com \(t2\)/],
		['one viewer twice', [person('anna@example.com'), person('new@example.com', [], { externalLogin: 'u1', items: [1] })], /Items 0 \(anna@example.com\) and 1 \(new@example.com\) mean the same viewer/],
	])('%s is an error that names both', (_, people, message) => {
		const state = snapshot();
		state.viewers.push(viewer('t1', 'twin@example.com'), viewer('t2', 'Twin@Example.com'));
		expect(() => plan(people, { kind: 'add' }, {}, state)).toThrow(message);
	});
});

test('a membership that only one side of the service shows is one', () => {
	const state = snapshot();
	state.groups[1].page_access_user_ids.push('dora');
	expect(short(plan([person('dora@example.com', ['B'])], { kind: 'add' }, {}, state))).toEqual([]);
});

test('a group of an identity provider carries a note', () => {
	expect(plan([person('dora@example.com', ['B'])])).toMatchObject([{ note: expect.stringContaining('Single sign-on') }]);
});

test('an empty list is an error where something may be taken away, and nothing otherwise', () => {
	expect(plan([])).toEqual([]);
	expect(() => plan([], { kind: 'everyone' })).toThrow('is empty');
});

test('components of the own are added to without a scope, and replaced in one', () => {
	const state = snapshot({ componentsOf: new Map([['anna', ['c1']]]) });
	const anna = [person('anna@example.com', undefined, { componentIds: ['c2'] })];
	const manages = { groups: false, components: true };
	expect(plan(anna, { kind: 'add' }, { manages }, state)).toMatchObject([{ action: 'setComponents', after: { componentIds: ['c1', 'c2'] } }]);
	expect(plan(anna, { kind: 'everyone' }, { manages }, state)).toMatchObject([{ action: 'setComponents', after: { componentIds: ['c2'] } }]);
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
	])('of %d people at %d %% is %d', (people, percent, most) => expect(mostLosing(people, percent)).toBe(most));

	test('counts people, not changes, and names the option', () => {
		const scope: Scope = { kind: 'everyone' };
		const changes = plan([person('dora@example.com', [])], scope);
		expect(changes).toHaveLength(4);
		const inScope = new Map([['page', peopleInScope(snapshot(), scope).length]]);
		expect(() => requireCap(changes, inScope, 75)).not.toThrow();
		expect(() => requireCap(changes, inScope, 74)).toThrow('3 people would lose access on page Page (anna@example.com, ben@example.com, cleo@mail.example.com), but the limit is 2 of the 4 people in scope (74 %)');
		try {
			requireCap(changes, inScope, 10);
		} catch (error) {
			expect((error as { facts: { advice: string } }).facts.advice).toContain("'Most People Who May Lose Access (%)'");
		}
	});
});
