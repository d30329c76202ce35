import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type SimulatedViewer, type Simulator } from '../support/simulator';
import { results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({
		viewers: 12,
		groups: 4,
		components: 10,
		members: 12,
		subscribers: 0,
		limit: 100_000,
		emailSearch: 'partial',
		takenEmails: 'any-case',
		...options,
	});
	world = await worldOf(simulator);
}

const path = (viewer: SimulatedViewer) => `/pages/${world.pageId}/page_access_users/${viewer.id}`;
const plan = async (people: IDataObject[], parameters: IDataObject = {}) =>
	await results(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' }, ...parameters },
		{ items: people },
	);
const short = (changes: IDataObject[]) =>
	changes
		.map(({ action, objectId, after, before }) =>
			[action, objectId ?? 'new', (after as IDataObject)?.groupId ?? (before as IDataObject)?.groupId]
				.filter(Boolean)
				.join(' '),
		)
		.sort();

/** Groups A and B. In A: a, listed with A only, and c. In both: b, not listed. In B: d at another domain. In none: e, not listed. */
interface Cast {
	a: SimulatedViewer;
	b: SimulatedViewer;
	c: SimulatedViewer;
	d: SimulatedViewer;
	e: SimulatedViewer;
	A: string;
	B: string;
}

async function cast(): Promise<Cast> {
	const [a, b, c, d, e, ...others] = world.viewers;
	const [A, B] = world.groups.map(({ id }) => id);
	const into = async (viewer: SimulatedViewer, ids: string[]) =>
		await simulator.send('PATCH', path(viewer), { body: { page_access_user: { page_access_group_ids: ids } } });
	await into(a, [A, B]);
	await into(b, [A, B]);
	await into(c, [A]);
	await into(d, [B]);
	await into(e, []);
	await simulator.send('PATCH', path(d), { body: { page_access_user: { email: 'dora@mail.example.org' } } });
	for (const other of others) await simulator.send('DELETE', path(other));
	return { a, b, c, d, e, A, B };
}

const NAMES = async () => world.groups.slice(0, 2).map(({ name }) => name);
const ALL_MAY_LOSE = { capPercent: 100 };

describe('each scope, with and without deletions', () => {
	const scopes: Array<[string, (is: Cast) => Promise<IDataObject>, boolean, (is: Cast) => string[]]> = [
		['nobody', async () => ({ scope: 'add' }), false, () => []],
		[
			'a group by ID',
			async ({ A }) => ({ scope: 'groups', scopeGroupIds: [A] }),
			false,
			({ b, c, A }) => [`removeFromGroup ${b.id} ${A}`, `removeFromGroup ${c.id} ${A}`],
		],
		[
			'a group by its name in an expression',
			async () => ({ scope: 'groups', scopeGroupIds: `={{ "${(await NAMES())[1].toUpperCase()}" }}` }),
			false,
			({ a, b, d, B }) => [
				`removeFromGroup ${a.id} ${B}`,
				`removeFromGroup ${b.id} ${B}`,
				`removeFromGroup ${d.id} ${B}`,
			],
		],
		[
			'a group, with deletions',
			async ({ A }) => ({ scope: 'groups', scopeGroupIds: [A] }),
			true,
			({ b, c, A }) => [`deleteViewer ${c.id}`, `removeFromGroup ${b.id} ${A}`],
		],
		[
			'a domain',
			async () => ({ scope: 'domains', domains: 'mail.example.org' }),
			false,
			({ d, B }) => [`removeFromGroup ${d.id} ${B}`],
		],
		[
			'a domain, with deletions',
			async () => ({ scope: 'domains', domains: '@Example.com' }),
			true,
			({ a, b, c, e, B }) => [
				`deleteViewer ${b.id}`,
				`deleteViewer ${c.id}`,
				`deleteViewer ${e.id}`,
				`removeFromGroup ${a.id} ${B}`,
			],
		],
		[
			'everyone',
			async () => ({ scope: 'everyone' }),
			false,
			({ a, b, c, d, A, B }) => [
				`removeFromGroup ${a.id} ${B}`,
				`removeFromGroup ${b.id} ${A}`,
				`removeFromGroup ${b.id} ${B}`,
				`removeFromGroup ${c.id} ${A}`,
				`removeFromGroup ${d.id} ${B}`,
			],
		],
		[
			'everyone, with deletions',
			async () => ({ scope: 'everyone' }),
			true,
			({ a, b, c, d, e, B }) => [
				`deleteViewer ${b.id}`,
				`deleteViewer ${c.id}`,
				`deleteViewer ${d.id}`,
				`deleteViewer ${e.id}`,
				`removeFromGroup ${a.id} ${B}`,
			],
		],
	];
	test.each(scopes)('%s', async (_, scope, deleteViewers, expected) => {
		const is = await cast();
		const changes = await plan([{ email: is.a.email, groups: [is.A] }], {
			...(await scope(is)),
			...(deleteViewers ? { deleteViewers } : {}),
			options: ALL_MAY_LOSE,
		});
		expect(short(changes)).toEqual(expected(is).sort());
		for (const change of changes)
			expect(change).toMatchObject({
				pageName: 'Northwind Status',
				text: expect.stringContaining('on page Northwind Status'),
			});
	});
});

test('a deletion contains own components and metrics, in the change and in its text', async () => {
	const { a, c, A, B } = await cast();
	await simulator.send('POST', `${path(c)}/components`, { body: { component_ids: [world.components[0].id] } });
	await simulator.send('POST', `${path(c)}/metrics`, { body: { metric_ids: [world.metricIds[0]] } });
	const people = [{ email: a.email, groups: [A, B] }];
	const deletion = (await plan(people, { scope: 'everyone', deleteViewers: true, options: ALL_MAY_LOSE })).find(
		({ objectId }) => objectId === c.id,
	);
	expect(deletion).toMatchObject({
		action: 'deleteViewer',
		before: { groupIds: [A], componentIds: [world.components[0].id], metricIds: [world.metricIds[0]] },
	});
	for (const name of [world.groups[0].name, world.components[0].name, world.page.metrics[world.metricIds[0]].name])
		expect(deletion?.text).toContain(name);
	// Who has more than the groups of the scope is not deleted.
	expect(
		short(await plan(people, { scope: 'groups', scopeGroupIds: [A], deleteViewers: true, options: ALL_MAY_LOSE })),
	).toContain(`removeFromGroup ${c.id} ${A}`);
});

test.each([true, false])('own components are only managed if the list contains them: %s', async (managesComponents) => {
	const { a, b, A, B } = await cast();
	for (const viewer of [a, b])
		await simulator.send('POST', `${path(viewer)}/components`, { body: { component_ids: [world.components[0].id] } });
	const managedFields = { viewerGroups: 'groups', ...(managesComponents ? { components: 'components' } : {}) };
	const changes = await plan([{ email: a.email, groups: [A, B], components: [world.components[1].name] }], {
		managedFields,
		scope: 'domains',
		domains: 'example.com',
		options: ALL_MAY_LOSE,
	});
	const own = changes
		.filter(({ action }) => action === 'setComponents')
		.map(({ objectId, before, after }) => [objectId, before, after]);
	expect(own).toEqual(
		managesComponents
			? [
					[a.id, { componentIds: [world.components[0].id] }, { componentIds: [world.components[1].id] }],
					[b.id, { componentIds: [world.components[0].id] }, { componentIds: [] }],
				]
			: [],
	);
});

test.each<[string, IDataObject, string[]]>([
	['that only adds', {}, []],
	['with a scope', { scope: 'everyone' }, ['own components and own metrics of viewers that the plan does not delete']],
	[
		'with a scope and components',
		{ scope: 'everyone', managedFields: { viewerGroups: 'groups', components: 'components' } },
		['own metrics of viewers that the plan does not delete'],
	],
])('a plan %s reports what was not checked', async (_, parameters, expected) => {
	const people = world.viewers.map(({ email, groupIds }) => ({ email, groups: groupIds, components: [] }));
	const [summary] = await plan(people, { ...parameters, output: 'summary', options: { emptyMeansNone: true } });
	expect(summary).toMatchObject({
		hasChanges: false,
		notLookedAt: expected,
		lookedAt: [
			expect.stringContaining('all viewers and viewer groups of page Northwind Status'),
			...(expected[0]?.startsWith('own metrics') ? [expect.any(String)] : []),
		],
	});
	for (const text of expected) expect(summary.message).toContain(text);
});

test('unknown groups are only created if the option is on', async () => {
	const people = [{ email: 'new@example.com', groups: ['Brand New'] }];
	await simulator.clearLog();
	const { error } = await run(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' }, scope: 'everyone' },
		{ items: people },
	);
	expect(error?.message).toContain('"Brand New"');
	// The short lists are read before the viewers, except for the first page of these.
	const pages = (await simulator.log()).filter(({ path: of }) => of.endsWith('/page_access_users'));
	expect(pages.filter(({ query }) => query.page !== '1')).toEqual([]);
	expect(short(await plan(people, { options: { createMissingGroups: true } }))).toEqual([
		'createGroup new',
		'createViewer new',
	]);
});

test('an invalid email stops the plan before anything is sent', async () => {
	await simulator.clearLog();
	const { error } = await run(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' } },
		{ items: [{ email: 'no address', groups: [] }] },
	);
	expect(error?.message).toContain("'Email' of item 0");
	expect(await simulator.log()).toEqual([]);
});

test('a domain that is none stops the plan before anything is sent', async () => {
	await simulator.clearLog();
	const { error } = await run(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' }, scope: 'domains', domains: 'example.com, anna@example.com' },
		{ items: [{ email: 'new@example.com', groups: ['A'] }] },
	);
	expect(error?.message).toContain('contains "anna@example.com", which is not a domain');
	expect(await simulator.log()).toEqual([]);
});

test('an unknown group stops a plan after a few pages of viewers, however long their list is', async () => {
	await start({ viewers: 5900, latency: 5 });
	const items = world.viewers.slice(0, 500).map(({ email }) => ({ email, groups: ['No Such Group'] }));
	for (const isAgain of [false, true]) {
		await simulator.clearLog();
		const { error } = await run(world, 'access planSync', { managedFields: { viewerGroups: 'groups' } }, { items });
		expect(error?.message).toContain('No Such Group');
		const lists = (await simulator.log()).filter(
			({ path: of, query }) => of.endsWith('/page_access_users') && query.per_page === '100',
		);
		expect([isAgain, lists.length <= 3]).toEqual([isAgain, true]);
		// The next run knows the length of the list.
		if (!isAgain)
			await plan([{ email: world.viewers[0].email, groups: [] }], {
				scope: 'everyone',
				options: { emptyMeansNone: true, capPercent: 100 },
			});
	}
});

test('a plan over the limit stops before own access is read', async () => {
	await start({ viewers: 200 });
	await simulator.clearLog();
	const { error } = await run(
		world,
		'access planSync',
		{
			managedFields: { viewerGroups: 'groups' },
			scope: 'everyone',
			deleteViewers: true,
			options: { emptyMeansNone: true },
		},
		{ items: [{ email: 'new@example.com', groups: [] }] },
	);
	expect(error?.message).toContain('This plan removes access from 200 of ');
	expect((await simulator.log()).filter(({ path: of }) => /components|metrics/.test(of))).toEqual([]);
});

test('with a new email in the domain, the person counts towards the limit, and the plan after apply is empty', async () => {
	const { d, B } = await cast();
	await simulator.send('PATCH', path(d), { body: { page_access_user: { external_login: 'dora' } } });
	const people = [{ email: 'dora@moved.example', login: 'dora', groups: [] }];
	const parameters = {
		scope: 'domains',
		domains: 'moved.example',
		managedFields: { viewerGroups: 'groups', externalLogin: 'login' },
		options: { emptyMeansNone: true },
	};
	const changes = await plan(people, parameters);
	expect(short(changes)).toEqual([`removeFromGroup ${d.id} ${B}`, `updateViewer ${d.id}`]);
	for (const change of changes) expect(change).toMatchObject({ peopleInScope: 1 });
	expect((await results(world, 'access applyPlan', {}, { items: changes })).map(({ result }) => result)).toEqual([
		'done',
		'done',
	]);
	expect(await plan(people, parameters)).toEqual([]);
});

test('a domain without viewers shows a warning', async () => {
	const { hints } = await run(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' }, scope: 'domains', domains: 'exmaple.com' },
		{ items: [{ email: world.viewers[0].email, groups: [world.groups[0].id] }] },
	);
	expect(hints.join()).toContain('No viewer on the page has an email at exmaple.com');
});

describe('a few people in a plan that only adds are searched', () => {
	const requests = async () => (await simulator.stats()).requests;

	test('one existing person: at most 6 requests on a page of 5,900', async () => {
		await start({ viewers: 5900 });
		await simulator.clearLog();
		const person = world.viewers.find(({ groupIds }) => !groupIds.includes(world.groups[0].id)) as SimulatedViewer;
		expect(short(await plan([{ email: person.email.toUpperCase(), groups: [world.groups[0].name] }]))).toEqual([
			`addToGroup ${person.id} ${world.groups[0].id}`,
		]);
		expect(await requests()).toBeLessThanOrEqual(6);
	});

	test('one new person: at most 6 requests with Look Up: Quick, and the change is not confirmed', async () => {
		await start({ viewers: 5900 });
		await simulator.clearLog();
		const [change] = await plan([{ email: 'New@example.com', groups: [world.groups[0].name] }], {
			options: { lookUp: 'quick' },
		});
		expect(change).toMatchObject({
			action: 'createViewer',
			notConfirmed: true,
			note: expect.stringContaining('may miss an email'),
		});
		expect(await requests()).toBeLessThanOrEqual(6);
	});

	test.each([
		[3, false],
		[4, true],
	])('%d people: the list of viewers is read: %s', async (count, isRead) => {
		await start({ viewers: 1500 });
		// From the end of the list: a few people are found by the search, not by reading on.
		const people = world.viewers.slice(-count).map(({ email }) => ({ email, groups: [world.groups[0].id] }));
		await simulator.clearLog();
		await plan(people);
		const pages = (await simulator.log()).filter(
			({ path: of, query }) =>
				of.endsWith('/page_access_users') && query.email === undefined && query.per_page === '100',
		).length;
		// One page of the list is read on trust before 3 people are searched.
		expect(pages >= 15).toBe(isRead);
		if (!isRead) expect(pages).toBeLessThanOrEqual(1);
	});

	test('one new person: all viewers are read, and the change is confirmed', async () => {
		const [change] = await plan([{ email: 'new@example.com', groups: [world.groups[0].name] }]);
		expect(change).toMatchObject({ action: 'createViewer' });
		expect(change).not.toHaveProperty('notConfirmed');
	});

	test('a viewer that the search misses is not created twice', async () => {
		await start({ emailSearch: 'case', takenEmails: 'same-case' });
		const { a, A } = await cast();
		await simulator.send('PATCH', path(a), { body: { page_access_user: { email: 'Anna.Lee@Example.com' } } });
		const row = { email: 'anna.lee@example.com', groups: [A] };
		// Thorough: found in the list.
		expect(await plan([row])).toEqual([]);
		const changes = await plan([row], { options: { lookUp: 'quick' } });
		expect(changes).toMatchObject([{ action: 'createViewer', notConfirmed: true }]);
		expect(await results(world, 'access applyPlan', {}, { items: changes })).toMatchObject([
			{ result: 'unchanged', objectId: a.id },
		]);
		expect(
			Object.values((await simulator.page()).viewers).filter(
				({ email }) => email.toLowerCase() === 'anna.lee@example.com',
			),
		).toHaveLength(1);
	});

	test('with External Login, all viewers are read', async () => {
		const { a } = await cast();
		const [change] = await plan([{ email: 'renamed@example.com', login: 'u100001', groups: [] }], {
			managedFields: { externalLogin: 'login' },
		});
		expect([change.action, a.external_login === 'u100001' || change.before !== null]).toEqual(['updateViewer', true]);
	});
});
