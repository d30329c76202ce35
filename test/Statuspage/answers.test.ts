import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock();
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ viewers: 250, latency: 0, limit: 100_000, ...options });
	world = await worldOf(simulator);
	await simulator.clearLog();
}

const page = async () => await simulator.page();
const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const always = 1000;
const HTML: Partial<Fault> & Pick<Fault, 'kind'> = {
	kind: 'body',
	status: 200,
	body: '<html><head><title>Sign in</title></head><body>x</body></html>',
	headers: { 'content-type': 'text/html' },
};

/** Unexpected answers. */
const BODIES: Array<[string, Partial<Fault> & Pick<Fault, 'kind'>]> = [
	['a message', { kind: 'body', body: { message: 'x' } }],
	['an empty object', { kind: 'body', body: {} }],
	['an empty list', { kind: 'body', body: [] }],
	['null', { kind: 'body', body: null }],
	['text', { kind: 'body', body: 'ok' }],
	['nothing', { kind: 'body', body: '' }],
	['a page of HTML', HTML],
];
const missing = (...drop: string[]): [string, Partial<Fault> & Pick<Fault, 'kind'>] => [
	`the answer without ${drop.join()}`,
	{ kind: 'fields', drop },
];
const as = (name: string, value: unknown): [string, Partial<Fault> & Pick<Fault, 'kind'>] => [
	`${name}: ${JSON.stringify(value)}`,
	{ kind: 'fields', set: { [name]: value } },
];

describe('a group keeps its viewers if an answer does not contain them', () => {
	const READ = { method: 'GET', path: 'page_access_groups/\\w+$' };
	const bad = [
		...BODIES,
		missing('page_access_user_ids'),
		as('page_access_user_ids', null),
		as('page_access_user_ids', 'abc'),
		as('page_access_user_ids', {}),
		as('page_access_user_ids', [null]),
		as('page_access_user_ids', [1]),
		as('id', 'other'),
		missing('id'),
		as('id', null),
	];
	const outsiders = () =>
		world.viewers
			.filter(({ groupIds }) => !groupIds.includes(world.groups[0].id))
			.slice(0, 3)
			.map(({ id }) => id);
	const change = async (operation: string, viewerIds: string[]) =>
		await run(world, `viewerGroup ${operation}`, { viewerGroupId: locator('id', world.groups[0].id), viewerIds });
	const membersNow = async () => (await page()).groups[world.groups[0].id].viewerIds;

	test.each(bad)('%s, once: the group is read again', async (_, fault) => {
		const before = await membersNow();
		const added = outsiders();
		await simulator.fault({ ...fault, match: READ });
		const { items, error } = await change('addViewers', added);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ added, alreadyThere: [] }]);
		expect(new Set(await membersNow())).toEqual(new Set([...before, ...added]));
	});

	test.each(bad)('%s, always: nothing is written, and nothing is reported as done', async (_, fault) => {
		const before = await membersNow();
		const added = outsiders();
		await simulator.fault({ ...fault, match: READ, times: always });
		for (const [operation, ids] of [
			['addViewers', added],
			['removeViewers', before.slice(0, 3)],
		] as const) {
			const { items, error } = await change(operation, ids);
			expect(items).toEqual([]);
			expect(error?.message).toContain(`viewer group ${world.groups[0].id}`);
		}
		expect(await writes()).toEqual([]);
		expect(await membersNow()).toEqual(before);
	});
});

describe('a viewer keeps its groups if an answer does not contain them', () => {
	const READ = { method: 'GET', path: 'page_access_users/\\w+$' };
	const lists = [
		missing('page_access_group_ids'),
		as('page_access_group_ids', null),
		as('page_access_group_ids', 'abcdefghijkl'),
		as('page_access_group_ids', { a: 1 }),
		as('page_access_group_ids', [[]]),
	];
	const bad = [...BODIES, ...lists, missing('id'), as('id', 'other'), missing('email', 'external_login')];
	const member = () => world.viewers.find(({ groupIds }) => groupIds.length >= 2) ?? world.viewers[0];
	const other = () => world.groups.find(({ id }) => !member().groupIds.includes(id))?.id ?? '';
	const groupsNow = async () => (await page()).viewers[member().id].groupIds;

	test.each(bad)('%s, always', async (_, fault) => {
		const before = await groupsNow();
		const viewer = { viewerId: locator('id', member().id) };
		await simulator.fault({ ...fault, match: READ, times: always });
		const attempts: Array<[string, IDataObject]> = [
			['viewer addToGroups', { ...viewer, viewerGroupIds: [other()] }],
			['viewer removeFromGroups', { ...viewer, viewerGroupIds: [before[0]] }],
			['viewer update', { ...viewer, updateFields: { viewerGroupIds: [other()] } }],
			['viewerGroup addViewers', { viewerGroupId: locator('id', other()), viewerIds: [member().id] }],
			['viewerGroup removeViewers', { viewerGroupId: locator('id', before[0]), viewerIds: [member().id] }],
		];
		for (const [name, parameters] of attempts) {
			const { items, error } = await run(world, name, parameters);
			expect([name, items]).toEqual([name, []]);
			expect(error?.message).toContain(member().id);
		}
		expect(await writes()).toEqual([]);
		expect(await groupsNow()).toEqual(before);
	});

	test.each(lists)('%s in the list: upserts and plans stop before any write', async (_, fault) => {
		const before = await groupsNow();
		await simulator.fault({ ...fault, match: { method: 'GET', path: 'page_access_users$' }, times: always });
		const upsert = { email: member().email, additionalFields: { viewerGroupIds: [other()] } };
		const items = [{ email: member().email, groups: [other()] }];
		for (const { error } of [
			await run(world, 'viewer upsert', upsert),
			await run(world, 'access planSync', { managedFields: { viewerGroups: 'groups' } }, { items }),
			await run(world, 'access planOffboarding', {}, { items }),
		]) {
			expect(error?.message).toMatch(/answered the request to .*page_access_group_ids of viewer/);
		}
		expect(await writes()).toEqual([]);
		expect(await groupsNow()).toEqual(before);
	});

	test.each([missing('page_access_user_ids'), as('page_access_user_ids', null), as('component_ids', null)])(
		'%s in every read of groups: an add-only plan takes nobody out',
		async (_, fault) => {
			const before = (await page()).groups[world.groups[0].id].viewerIds;
			const people = world.viewers
				.slice(0, 40)
				.map(({ email, groupIds }) => ({ email, groups: [...groupIds, world.groups[0].id] }));
			const changes = await results(
				world,
				'access planSync',
				{ managedFields: { viewerGroups: 'groups' } },
				{ items: people },
			);
			await simulator.fault({ ...fault, match: { method: 'GET', path: 'page_access_groups' }, times: always });
			const { items, error } = await run(world, 'access applyPlan', {}, { items: changes });
			expect(error).toBeUndefined();
			expect(new Set(items.map(({ result }) => result))).toEqual(new Set(['failed']));
			expect(new Set((await page()).groups[world.groups[0].id].viewerIds)).toEqual(new Set(before));
		},
	);
});

describe('an object is only reported as deleted if it is gone', () => {
	/** Answers of a proxy, without any change by the service. */
	const instead: Array<[string, Fault]> = [
		['a page of HTML', { kind: 'html', status: 200 }],
		['a message', { kind: 'status', status: 200, body: { message: 'ok' } }],
		['a list', { kind: 'status', status: 200, body: [] }],
		['text', { kind: 'status', status: 202, body: 'accepted', headers: { 'content-type': 'text/plain' } }],
		['null', { kind: 'status', status: 200, body: 'null', headers: { 'content-type': 'application/json' } }],
	];
	const deletions: Array<[string, (world: World) => IDataObject]> = [
		['viewer delete', ({ viewers }) => ({ viewerId: locator('id', viewers[0].id) })],
		['viewerGroup delete', ({ groups }) => ({ viewerGroupId: locator('id', groups[0].id) })],
		['component delete', ({ components }) => ({ componentId: locator('id', components[0].id) })],
	];

	describe.each(instead)('%s, and the object still exists', (_, fault) => {
		test.each(deletions)('%s', async (name, parameters) => {
			await simulator.fault({ ...fault, match: { method: 'DELETE' }, times: always });
			for (const options of [{}, { ignoreIfMissing: true }]) {
				const { items, error } = await run(world, name, { ...parameters(world), options });
				expect(items).toEqual([]);
				expect(error?.message).toMatch(/reported success, but the .* still exists/);
			}
		});

		test('a leaver is not reported as deleted', async () => {
			const leavers = world.viewers.slice(0, 3).map(({ email }) => ({ email }));
			const changes = (
				await results(world, 'access planOffboarding', { options: { capPercent: 100 } }, { items: leavers })
			).filter(({ action }) => action !== 'unchanged');
			await simulator.fault({ ...fault, match: { method: 'DELETE' }, times: always });
			const { items, error } = await run(
				world,
				'access applyPlan',
				{ options: { failIfAnythingIsLeft: true, capPercent: 100 } },
				{ items: changes },
			);
			expect(error).toBeDefined();
			expect(items).toEqual([]);
			const rows = (await run(world, 'access applyPlan', { options: { capPercent: 100 } }, { items: changes })).items;
			expect(rows.map(({ result }) => result)).toEqual(['failed', 'failed', 'failed']);
			expect(Object.keys((await page()).viewers)).toHaveLength(250);
		});

		test('own components are not reported as removed', async () => {
			const { id } = world.viewers[0];
			const componentIds = world.components.slice(0, 2).map((component) => component.id);
			await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${id}/components`, {
				body: { component_ids: componentIds },
			});
			await simulator.fault({ ...fault, match: { method: 'DELETE' }, times: always });
			const { items, error } = await run(world, 'viewer removeComponents', {
				viewerId: locator('id', id),
				componentIds,
			});
			expect(items).toEqual([]);
			expect(error).toBeDefined();
			expect((await page()).viewers[id].componentIds).toEqual(componentIds);
		});
	});

	test.each(deletions)('%s that succeeded with a page of HTML is confirmed by one read', async (name, parameters) => {
		await simulator.fault({ kind: 'html', status: 200, match: { method: 'DELETE' }, after: true });
		const [row] = await results(world, name, parameters(world));
		expect(Object.keys(row)).toEqual(['deleted', 'id']);
		expect((await simulator.log()).map(({ method }) => method)).toEqual(['DELETE', 'GET']);
	});

	test.each(deletions)('%s with an empty 200 as answer needs no read', async (name, parameters) => {
		await simulator.fault({ kind: 'body', status: 200, body: '', match: { method: 'DELETE' } });
		const [row] = await results(world, name, parameters(world));
		expect(Object.keys(row)).toEqual(['deleted', 'id']);
		expect(await simulator.log()).toHaveLength(1);
	});

	test('a missing page is not reported as "already deleted"', async () => {
		for (const [name, parameters] of deletions) {
			const { error } = await run(world, name, {
				...parameters(world),
				pageId: locator('id', 'page00000000'),
				options: { ignoreIfMissing: true },
			});
			expect(error?.httpCode).toBe('404');
		}
	});
});

describe('one invalid change of a plan only fails this change', () => {
	const leavers = () => world.viewers.filter(({ groupIds }) => groupIds.length > 0).slice(0, 4);
	const plan = async (parameters: IDataObject = {}) =>
		(
			await results(
				world,
				'access planOffboarding',
				{ ...parameters, options: { capPercent: 100 } },
				{ items: leavers().map(({ email }) => ({ email })) },
			)
		).filter(({ action }) => action !== 'unchanged');
	const apply = async (changes: IDataObject[]) =>
		await run(world, 'access applyPlan', { options: { capPercent: 100 } }, { items: changes });

	test.each([
		as('page_access_group_ids', null),
		missing('page_access_group_ids'),
		as('email', 5),
		as('id', 7),
		['an empty object', { kind: 'body', body: {} }] as [string, Partial<Fault> & Pick<Fault, 'kind'>],
	])('%s', async (_, fault) => {
		const changes = await plan();
		const [, bad] = leavers();
		await simulator.fault({ ...fault, match: { method: 'GET', path: `page_access_users/${bad.id}$` }, times: always });
		const { items, error } = await apply(changes);
		expect(error).toBeUndefined();
		expect(items.map(({ objectId, result }) => [objectId, result])).toEqual(
			changes.map(({ objectId }) => [objectId, objectId === bad.id ? 'failed' : 'done']),
		);
		expect(items.find(({ result }) => result === 'failed')?.reason).toMatch(/answered the request to|No response from/);
		expect(Object.keys((await page()).viewers)).toHaveLength(247);
	});

	test('a change that makes the code throw is an item that asks for a report', async () => {
		const changes = await plan();
		const [first, ...rest] = changes;
		const { items, error } = await apply([{ ...first, before: 5 }, ...rest] as IDataObject[]);
		expect(error?.message ?? items[0].reason).toEqual(expect.any(String));
		expect(error?.message ?? '').not.toMatch(/TypeError|is not (iterable|a function)/);
	});
});

describe('an answer is only a success with the expected object', () => {
	const bad = [
		...BODIES.filter(([name]) => name !== 'an empty list'),
		missing('id'),
		as('id', null),
		as('id', ''),
		as('id', 5),
	];
	const calls: Array<[string, (world: World) => IDataObject]> = [
		['page get', () => ({})],
		['viewer get', ({ viewers }) => ({ viewerId: locator('id', viewers[0].id) })],
		[
			'viewer update',
			({ viewers }) => ({ viewerId: locator('id', viewers[0].id), updateFields: { externalLogin: 'x' } }),
		],
		['viewerGroup get', ({ groups }) => ({ viewerGroupId: locator('id', groups[0].id) })],
		[
			'viewerGroup update',
			({ groups }) => ({ viewerGroupId: locator('id', groups[0].id), updateFields: { name: 'x' } }),
		],
		['component get', ({ components }) => ({ componentId: locator('id', components[0].id) })],
		[
			'component update',
			({ components }) => ({ componentId: locator('id', components[0].id), updateFields: { description: 'x' } }),
		],
		['component create', () => ({ name: 'x' })],
		['viewerGroup create', () => ({ name: 'x' })],
		['viewer create', () => ({ email: 'x@example.com' })],
		['viewer getMany', () => ({ limit: 5 })],
		['viewerGroup getMany', () => ({ limit: 5 })],
		['component getMany', () => ({ limit: 5 })],
		['teamMember getMany', () => ({ limit: 5 })],
		['page getMany', () => ({ limit: 5 })],
	];

	describe.each(bad)('%s', (_, fault) => {
		test.each(calls)('%s', async (name, parameters) => {
			await simulator.fault({ ...fault, times: always });
			const { items, error } = await run(world, name, parameters(world));
			expect(items).toEqual([]);
			expect(error?.message).toMatch(/answered the request to|No response from/);
			expect(error?.message).not.toMatch(/TypeError|undefined|is not/);
		});
	});

	test('a POST that creates is not sent again', async () => {
		await simulator.fault({ kind: 'body', body: {}, match: { method: 'POST' } });
		const { error } = await run(world, 'component create', { name: 'Once' });
		expect(error?.description).toContain("The request may have succeeded, so it wasn't repeated");
		expect(await writes()).toHaveLength(1);
	});

	test('an answer with another object is rejected', async () => {
		await simulator.fault({ kind: 'fields', set: { id: world.viewers[1].id }, times: always });
		const { error } = await run(world, 'viewer get', { viewerId: locator('id', world.viewers[0].id) });
		expect(error?.message).toContain(`it is about viewer ${world.viewers[1].id} instead of ${world.viewers[0].id}`);
	});
});

describe('absence needs evidence', () => {
	/** The search is case-sensitive, so it misses an existing viewer. */
	const shouting = () => world.viewers.find(({ email }) => email !== email.toLowerCase())?.email ?? '';

	test('a viewer that only the search misses is found', async () => {
		await start({ emailSearch: 'case' });
		const email = shouting().toUpperCase();
		expect(
			await results(world, 'viewer delete', { viewerId: locator('email', email), options: { ignoreIfMissing: true } }),
		).toMatchObject([{ deleted: true }]);
	});

	test('a viewer that only the search misses is in the report', async () => {
		await start({ emailSearch: 'case' });
		const changes = await results(
			world,
			'access planOffboarding',
			{},
			{ items: [{ email: shouting().toUpperCase() }] },
		);
		expect(changes.map(({ action }) => action)).toContain('deleteViewer');
		const report = await results(world, 'access getReport', { options: { emails: shouting().toUpperCase() } });
		// The access of the viewer, or that there is none.
		expect(report.map(({ email, subject }) => email ?? subject)).toContain(shouting());
	});

	test('the message says what was read', async () => {
		const { error } = await run(world, 'viewer get', { viewerId: locator('email', 'nobody@example.com') });
		expect(error).toMatchObject({
			message: expect.stringContaining('All viewers of the page were read'),
			httpCode: '404',
		});
	});

	test('Look Up Quick only uses the search, and the output says so', async () => {
		await start({ emailSearch: 'case' });
		const email = shouting().toUpperCase();
		await simulator.clearLog();
		expect(
			await results(world, 'viewer get', { viewerId: locator('email', email), options: { lookUp: 'quick' } }),
		).toEqual([{ pageId: world.pageId, email, notFoundBySearch: true }]);
		expect(await simulator.log()).toHaveLength(2);
		const report = await results(world, 'access getReport', {
			options: { emails: email, lookUp: 'quick', pageIds: [world.pageId] },
		});
		expect(report).toMatchObject([{ subject: email, notFoundBySearch: true }]);
	});

	test.each([
		['viewer delete', {}],
		['viewer get', {}],
	])('%s: a page of HTML is not an empty result', async (name, more) => {
		await simulator.fault({ ...HTML, times: always });
		const { items, error } = await run(world, name, {
			viewerId: locator('email', 'nobody@example.com'),
			options: name === 'viewer delete' ? { ignoreIfMissing: true } : {},
			...more,
		});
		expect([items, error?.message]).toEqual([[], expect.stringContaining('answered the request to')]);
	});
});

test.each(['1.5', '0.2', '2'])('Retry-After: %s is a wait', async (header) => {
	await simulator.fault({ kind: 'status', status: 429, headers: { 'retry-after': header } });
	const { items, hints } = await run(world, 'page get');
	expect(items).toHaveLength(1);
	expect(hints).toEqual([
		expect.stringContaining('1 rejected'),
		expect.stringContaining('although this n8n process sent fewer than its limit'),
	]);
});
