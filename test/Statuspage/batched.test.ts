import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, run, worldOf, type World } from '../support/world';

useFastClock(20);
let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ viewers: 250, latency: 0, limit: 100_000, unknownIds: 'refuse', ...options });
	world = await worldOf(simulator);
}

const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const addViewers = { viewerGroupId: locator('id', '={{ $json.group }}'), viewerIds: '={{ $json.viewer }}' };

describe('items with the same target', () => {
	test('500 additions to one group need one read, one write and one check', async () => {
		await start({ viewers: 700 });
		const outside = world.viewers.filter(({ groupIds }) => !groupIds.includes(world.groups[0].id)).slice(0, 500);
		const items = outside.map(({ id }) => ({ viewer: id, group: world.groups[0].id }));
		const { items: rows, pairedTo } = await run(world, 'viewerGroup addViewers', addViewers, { items });
		expect(rows.map(({ added }) => added)).toEqual(outside.map(({ id }) => [id]));
		expect(pairedTo).toEqual(items.map((_, index) => index));
		expect(await simulator.log()).toHaveLength(3);
	});

	test('additions by email also need one list', async () => {
		const items = world.viewers
			.slice(0, 60)
			.map(({ email }, index) => ({ viewer: email.toUpperCase(), group: world.groups[index % 2].id }));
		const { error } = await run(world, 'viewerGroup addViewers', addViewers, { items });
		expect(error).toBeUndefined();
		// Two groups with one list of three pages, one read and one write each.
		expect((await simulator.log()).length).toBeLessThanOrEqual(10);
	});

	test('an invalid one fails its own item, and the others are added', async () => {
		const good = world.viewers.slice(0, 7).map(({ id }) => id);
		const items = [...good.slice(0, 3), 'bad0id', 'nobody@example.com', ...good.slice(3)].map((viewer) => ({
			viewer,
			group: world.groups[0].id,
		}));
		const {
			items: rows,
			errorItems,
			pairedTo,
		} = await run(world, 'viewerGroup addViewers', addViewers, { items, onError: 'continueErrorOutput' });
		expect(rows).toHaveLength(7);
		expect(pairedTo).toEqual([0, 1, 2, 5, 6, 7, 8]);
		expect(errorItems.map(({ error }) => error)).toEqual([
			expect.stringContaining('bad0id'),
			expect.stringContaining('nobody@example.com'),
		]);
		expect((await simulator.page()).groups[world.groups[0].id].viewerIds).toEqual(expect.arrayContaining(good));
	});

	test('a viewer in two items is added once', async () => {
		const [viewer] = world.viewers.filter(({ groupIds }) => !groupIds.includes(world.groups[0].id));
		const items = [viewer.id, viewer.email, viewer.id].map((asked) => ({ viewer: asked, group: world.groups[0].id }));
		const { items: rows } = await run(world, 'viewerGroup addViewers', addViewers, { items });
		expect(rows.map(({ added, alreadyThere }) => [added, alreadyThere])).toEqual([
			[[viewer.id], []],
			[[], [viewer.email]],
			[[], [viewer.id]],
		]);
	});

	test('without Continue, invalid input stops the run before a request is sent', async () => {
		const items = [
			{ viewer: world.viewers[0].id, group: world.groups[0].id },
			{ viewer: '', group: world.groups[0].id },
		];
		const { error } = await run(world, 'viewerGroup addViewers', addViewers, { items });
		expect(error?.context).toMatchObject({ itemIndex: 1 });
		expect(await simulator.log()).toEqual([]);
	});

	test('300 permission changes for 100 team members need one read and one write per team member', async () => {
		const members = Object.keys((await simulator.state()).members).slice(0, 100);
		const pages = [world.pageId, world.otherPageId, world.plainPageId];
		const items = members.flatMap((member) => pages.map((page) => ({ member, page })));
		const { items: rows, error } = await run(
			world,
			'permission update',
			{
				teamMemberId: locator('id', '={{ $json.member }}'),
				pages: {
					page: [
						{
							pageId: '={{ $json.page }}',
							roles: "={{ $json.page === '" + world.plainPageId + "' ? [] : ['pageConfiguration'] }}",
						},
					],
				},
			},
			{ items },
		);
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(300);
		const log = await simulator.log();
		const reads = log.filter(({ method }) => method === 'GET').map(({ path }) => path);
		expect(reads.filter((path) => path !== '/pages')).toHaveLength(100);
		expect(reads.length).toBeLessThanOrEqual(101);
		expect(log.filter(({ method }) => method === 'PUT').length).toBeLessThanOrEqual(100);
		const { members: after } = await simulator.state();
		const role = { page_configuration: true, incident_manager: false, maintenance_manager: false };
		for (const member of members)
			expect(after[member].permissions).toEqual({
				[world.pageId]: role,
				[world.otherPageId]: role,
				[world.plainPageId]: {},
			});
	});

	test('a page that does not exist fails its own item, and the other changes of the team member succeed', async () => {
		const items = [world.otherPageId, 'nopage', world.pageId].map((page) => ({ page }));
		const parameters = {
			teamMemberId: locator('id', world.memberId),
			pages: { page: [{ pageId: '={{ $json.page }}', roles: ['incidentManager'] }] },
		};
		const { items: rows, errorItems } = await run(world, 'permission update', parameters, {
			items,
			onError: 'continueErrorOutput',
		});
		expect(rows).toHaveLength(2);
		expect(errorItems).toHaveLength(1);
		const { permissions } = (await simulator.state()).members[world.memberId];
		for (const page of [world.pageId, world.otherPageId])
			expect(permissions[page]).toMatchObject({ incident_manager: true, page_configuration: false });
	});

	test('50 viewers of one component need one request', async () => {
		const items = world.viewers.slice(0, 50).map(({ id }) => ({ id }));
		await run(
			world,
			'component addViewers',
			{ componentId: locator('id', world.components[0].id), viewerIds: '={{ $json.id }}' },
			{ items },
		);
		expect(await simulator.log()).toHaveLength(1);
		expect(
			Object.values((await simulator.page()).viewers).filter(({ componentIds }) => componentIds.length === 1),
		).toHaveLength(50);
	});
});

describe('items that add the same components to many viewers', () => {
	const components = () => world.components.slice(0, 2).map(({ id }) => id);
	const toViewers = () => ({ viewerId: locator('id', '={{ $json.viewer }}'), componentIds: components() });

	test('need one request per component', async () => {
		const items = world.viewers.slice(0, 60).map(({ id }) => ({ viewer: id }));
		const { items: rows } = await run(world, 'viewer addComponents', toViewers(), { items });
		expect(rows).toEqual(items.map(({ viewer }) => ({ pageId: world.pageId, viewerId: viewer, added: components() })));
		expect((await writes()).map(({ path }) => path)).toEqual(
			components().map((id) => `/pages/${world.pageId}/components/${id}/page_access_users`),
		);
		const { viewers } = await simulator.page();
		expect(items.every(({ viewer }) => viewers[viewer].componentIds.length === 2)).toBe(true);
	});

	test('need one request per viewer if that is less', async () => {
		const items = world.viewers.slice(0, 2).map(({ id }) => ({ viewer: id }));
		await run(world, 'viewer addComponents', toViewers(), { items });
		expect((await writes()).map(({ path }) => path)).toEqual(
			items.map(({ viewer }) => `/pages/${world.pageId}/page_access_users/${viewer}/components`),
		);
	});

	test('name a deleted viewer, and a component that does not exist', async () => {
		const items = ['bad0id', ...world.viewers.slice(0, 8).map(({ id }) => id)].map((viewer) => ({ viewer }));
		const { items: rows, errorItems } = await run(world, 'viewer addComponents', toViewers(), {
			items,
			onError: 'continueErrorOutput',
		});
		expect([rows.length, errorItems.length]).toEqual([8, 1]);
		expect(errorItems[0].error).toContain('bad0id');
		const unknown = { ...toViewers(), componentIds: [components()[0], 'nocomponent'] };
		const second = await run(world, 'viewer addComponents', unknown, {
			items: items.slice(1),
			onError: 'continueErrorOutput',
		});
		expect(second.errorItems).toHaveLength(8);
		expect(
			second.errorItems.every(({ error }) =>
				/^'Component Names or IDs' contains "nocomponent", but no component on this page/.test(String(error)),
			),
		).toBe(true);
	});

	test('or viewer groups need one request per component', async () => {
		const items = world.groups.slice(0, 10).map(({ id }) => ({ group: id }));
		await run(
			world,
			'viewerGroup addComponents',
			{ viewerGroupId: locator('id', '={{ $json.group }}'), componentIds: components() },
			{ items },
		);
		expect(await writes()).toHaveLength(2);
		const { groups } = await simulator.page();
		expect(items.every(({ group }) => components().every((id) => groups[group].componentIds.includes(id)))).toBe(true);
	});
});

describe('items that add different components', () => {
	const perItem = {
		viewerId: locator('id', '={{ $json.viewer }}'),
		componentIds: '={{ $json.components }}',
	};

	test('300 viewers with different lists of 20 components need one request per component', async () => {
		await start({ viewers: 350 });
		const components = world.components.slice(0, 20).map(({ id }) => id);
		const items = world.viewers.slice(0, 300).map(({ id }, index) => ({
			viewer: id,
			components: components.filter((_, component) => component % 7 === index % 7),
		}));
		const { items: rows, pairedTo } = await run(world, 'viewer addComponents', perItem, { items });
		expect(rows).toEqual(
			items.map(({ viewer, components: added }) => ({ pageId: world.pageId, viewerId: viewer, added })),
		);
		expect(pairedTo).toEqual(items.map((_, index) => index));
		expect(await writes()).toHaveLength(20);
		const { viewers } = await simulator.page();
		for (const { viewer, components: added } of items)
			expect([...viewers[viewer].componentIds].sort()).toEqual([...added].sort());
	});

	test('items with the same viewer need one request', async () => {
		const [viewer] = world.viewers;
		const lists = [[0, 1], [1, 2], [3]].map((list) => list.map((index) => world.components[index].id));
		const items = lists.map((components) => ({ viewer: viewer.id, components }));
		const { items: rows } = await run(world, 'viewer addComponents', perItem, { items });
		expect(rows.map(({ added }) => added)).toEqual(lists);
		expect(await writes()).toHaveLength(1);
	});

	test('metrics of the same viewer need one request', async () => {
		const items = world.viewers
			.slice(0, 3)
			.flatMap(({ id }) => world.metricIds.slice(0, 3).map((metric) => ({ viewer: id, metric })));
		const parameters = { viewerId: locator('id', '={{ $json.viewer }}'), metricIds: '={{ $json.metric }}' };
		const { items: rows } = await run(world, 'viewer addMetrics', parameters, { items });
		expect(rows.map(({ added }) => added)).toEqual(items.map(({ metric }) => [metric]));
		expect(await writes()).toHaveLength(3);
	});

	test('a deleted viewer fails its own items, and is narrowed down once', async () => {
		await start({ viewers: 350 });
		const components = world.components.slice(0, 20).map(({ id }) => id);
		const items = ['bad0id', ...world.viewers.slice(0, 300).map(({ id }) => id)].map((viewer) => ({
			viewer,
			components,
		}));
		const { items: rows, errorItems } = await run(world, 'viewer addComponents', perItem, {
			items,
			onError: 'continueErrorOutput',
		});
		expect([rows.length, errorItems.length]).toEqual([300, 1]);
		expect(errorItems[0].error).toContain('bad0id');
		expect((await writes()).length).toBeLessThanOrEqual(100);
	});

	test('a component that two items remove from a viewer is removed once', async () => {
		const [viewer] = world.viewers;
		const [first, second, third] = world.components.map(({ id }) => id);
		await run(world, 'viewer addComponents', {
			...perItem,
			viewerId: locator('id', viewer.id),
			componentIds: [first, second],
		});
		await simulator.clearLog();
		const items = [[first], [first, second], [third], [third]].map((components) => ({ viewer: viewer.id, components }));
		const { items: rows } = await run(world, 'viewer removeComponents', perItem, { items });
		expect(rows.map(({ removed, notThere }) => [removed, notThere])).toEqual([
			[[first], []],
			[[second], [first]],
			[[], [third]],
			[[], [third]],
		]);
		expect((await writes()).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual(
			[first, second, third].map((id) => `DELETE ${id}`),
		);
	});

	test('a removal with an error fails only its own item', async () => {
		const [viewer] = world.viewers;
		const [first, second] = world.components.map(({ id }) => id);
		await run(world, 'viewer addComponents', {
			...perItem,
			viewerId: locator('id', viewer.id),
			componentIds: [first, second],
		});
		await simulator.fault({ kind: 'status', status: 403, times: 1, match: { method: 'DELETE', path: first } });
		const items = [[second], [first]].map((components) => ({ viewer: viewer.id, components }));
		const { items: rows, errorItems } = await run(world, 'viewer removeComponents', perItem, {
			items,
			onError: 'continueErrorOutput',
		});
		expect(rows.map(({ removed }) => removed)).toEqual([[second]]);
		expect(errorItems).toHaveLength(1);
	});
});

describe('viewers that are looked up by email', () => {
	test('1,000 of 5,000 to create or update, with 950 unchanged, need one list and 50 writes', async () => {
		await start({ viewers: 5000 });
		const items = world.viewers
			.filter((_, index) => index % 5 === 0)
			.map(({ email, external_login }, index) => ({
				email,
				login: index < 50 ? `new${index}` : (external_login ?? ''),
			}));
		const parameters = {
			email: '={{ $json.email }}',
			additionalFields: { externalLogin: '={{ $json.login }}' },
			options: { emptyClears: true },
		};
		const { items: rows } = await run(world, 'viewer upsert', parameters, { items });
		expect(rows.filter(({ result }) => result === 'updated')).toHaveLength(50);
		expect(rows.filter(({ result }) => result === 'unchanged')).toHaveLength(950);
		expect((await simulator.log()).length).toBeLessThanOrEqual(105);
		expect(await writes()).toHaveLength(50);
	});

	test('one invalid email does not add requests for the others', async () => {
		const items = [{ email: 'nobody' }, ...world.viewers.slice(0, 100).map(({ email }) => ({ email }))];
		const parameters = { viewerId: locator('email', '={{ $json.email }}') };
		const { items: rows, errorItems } = await run(world, 'viewer get', parameters, {
			items,
			onError: 'continueErrorOutput',
		});
		expect([rows.length, errorItems.length]).toEqual([100, 1]);
		expect((await simulator.log()).map(({ query }) => query)).toEqual([{ page: '1', per_page: '100' }]);
	});

	test('a few of thousands are searched one by one, after the first page of the list', async () => {
		await start({ viewers: 3000 });
		const items = world.viewers.slice(1500, 1510).map(({ email }) => ({ email }));
		const { items: rows } = await run(
			world,
			'viewer get',
			{ viewerId: locator('email', '={{ $json.email }}') },
			{ items },
		);
		expect(rows.map(({ email }) => email)).toEqual(items.map(({ email }) => email));
		expect((await simulator.log()).length).toBeLessThanOrEqual(11);
	});

	test('a later item uses the result of an earlier one with the same email', async () => {
		const [{ email, external_login: login }] = world.viewers.filter(({ external_login }) => external_login);
		const items = ['changed', login, 'changed', login].map((wanted) => ({ email, wanted }));
		const parameters = { email: '={{ $json.email }}', additionalFields: { externalLogin: '={{ $json.wanted }}' } };
		const { items: rows } = await run(world, 'viewer upsert', parameters, { items });
		expect(rows.map(({ result }) => result)).toEqual(['updated', 'updated', 'updated', 'updated']);
	});
});

/** Choices of one item. The same numbers choose the same objects on the same page. */
function picks(numbers: number[]): (count: number) => number {
	let next = 0;
	return (count) => numbers[next++ % numbers.length] % count;
}

const choices = fc.array(fc.array(fc.nat(11), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 9 });

describe('items in one batch have the same result as one by one', () => {
	const operations: Array<[string, (pick: (count: number) => number) => IDataObject]> = [
		[
			'viewerGroup addViewers',
			(pick) => ({ viewerGroupId: locator('id', world.groups[pick(3)].id), viewerIds: world.viewers[pick(6)].id }),
		],
		[
			'viewerGroup removeViewers',
			(pick) => ({
				viewerGroupId: locator('id', world.groups[pick(3)].id),
				viewerIds: world.groups[pick(3)].viewerIds.slice(0, 2),
			}),
		],
		[
			'component addViewerGroups',
			(pick) => ({
				componentId: locator('id', world.components[pick(3)].id),
				viewerGroupIds: [world.groups[pick(4)].id],
			}),
		],
		[
			'viewer addComponents',
			(pick) => ({
				viewerId: locator('id', world.viewers[pick(4)].id),
				componentIds: world.components.slice(pick(2), 2 + pick(2)).map(({ id }) => id),
			}),
		],
		[
			'viewer removeComponents',
			(pick) => ({
				viewerId: locator('id', world.viewers[pick(4)].id),
				componentIds: world.components.slice(pick(2), 2 + pick(2)).map(({ id }) => id),
			}),
		],
		[
			'viewer addToGroups',
			(pick) => ({
				viewerId: locator('id', world.viewers[pick(6)].id),
				viewerGroupIds: world.groups.slice(pick(2), 2 + pick(2)).map(({ id }) => id),
			}),
		],
		[
			'viewer removeFromGroups',
			(pick) => ({
				viewerId: locator('id', world.viewers[pick(6)].id),
				viewerGroupIds: world.groups.slice(pick(2), 2 + pick(2)).map(({ id }) => id),
			}),
		],
		[
			'permission update',
			(pick) => ({
				teamMemberId: locator('id', world.memberId),
				pages: {
					page: [
						{
							pageId: [world.pageId, world.otherPageId][pick(2)],
							roles: [['incidentManager'], ['pageConfiguration', 'maintenanceManager']][pick(2)],
						},
					],
				},
			}),
		],
	];
	test.each(operations)('%s', async (name, parametersOf) => {
		const property = fc.asyncProperty(choices, async (numbers) => {
			await start();
			const each = numbers.map((ofItem) => parametersOf(picks(ofItem)));
			const states = [];
			for (const parameters of each) await run(world, name, parameters);
			states.push(await simulator.state());
			await start();
			const fields = Object.keys(each[0]);
			// One run whose parameters are those of each item in turn.
			const parameters = Object.fromEntries(
				fields.map((field) => {
					const value = each[0][field] as IDataObject;
					if (value?.__rl) return [field, { ...value, value: `={{ $json.${field}.value }}` }];
					if (field === 'pages')
						return [
							field,
							{ page: [{ pageId: '={{ $json.pages.page[0].pageId }}', roles: '={{ $json.pages.page[0].roles }}' }] },
						];
					return [field, `={{ $json.${field} }}`];
				}),
			);
			await run(world, name, parameters, { items: each });
			states.push(await simulator.state());
			const [separate, batched] = states.map((state) =>
				JSON.stringify(state, (key, value: unknown) =>
					/_at$/.test(key) ? undefined : Array.isArray(value) ? [...value].sort() : value,
				),
			);
			expect(batched).toBe(separate);
		});
		await fc.assert(property, { numRuns: 15 });
	});
});

test('nothing is written without a request', async () => {
	const items = world.groups[0].viewerIds.slice(0, 5).map((viewer) => ({ viewer, group: world.groups[0].id }));
	await run(world, 'viewerGroup addViewers', addViewers, { items });
	expect(await writes()).toEqual([]);
});
