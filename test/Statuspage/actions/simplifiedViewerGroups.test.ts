import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../support/simulator';
import { locator, results, worldOf, type World } from '../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
});

const giveComponents = async (groupId: string, ids: string[]) =>
	await simulator.send('POST', `/pages/${world.pageId}/page_access_groups/${groupId}/components`, {
		body: { component_ids: ids },
	});
const paths = async () => (await simulator.log()).map(({ path }) => path.split('/').pop());
const get = async (parameters: IDataObject = {}) =>
	await results(world, 'viewerGroup get', { viewerGroupId: locator('id', world.groups[0].id), ...parameters });

test('without Simplify, a group has all its fields, as in workflows from before', async () => {
	for (const rows of [await get(), await results(world, 'viewerGroup getMany', { returnAll: true })])
		expect(rows[0]).toMatchObject({ page_access_user_ids: world.groups[0].viewerIds, component_ids: [] });
	expect(await paths()).not.toContain('components');
});

test('with Simplify, a group has counts and the names of its components', async () => {
	const [first, second] = world.components;
	await giveComponents(world.groups[0].id, [second.id, first.id]);
	const wanted = {
		id: world.groups[0].id,
		name: world.groups[0].name,
		external_identifier: world.groups[0].external_identifier,
		viewerCount: world.groups[0].viewerIds.length,
		components: expect.arrayContaining([first.name, second.name]) as string[],
		metricCount: 0,
	};
	expect(await get({ simplify: true })).toEqual([wanted]);
	const rows = await results(world, 'viewerGroup getMany', { simplify: true, returnAll: true });
	expect(rows[0]).toEqual(wanted);
	expect(rows.map(({ components }) => components)).toEqual([wanted.components, ...world.groups.slice(1).map(() => [])]);
});

test('components that share a name show their IDs too', async () => {
	const [first, second] = world.components;
	await simulator.send('PATCH', `/pages/${world.pageId}/components/${second.id}`, {
		body: { component: { name: first.name } },
	});
	await giveComponents(world.groups[0].id, [first.id, second.id]);
	const [{ components }] = await get({ simplify: true });
	expect([...(components as string[])].sort()).toEqual(
		[`${first.name} · ${first.id}`, `${first.name} · ${second.id}`].sort(),
	);
});

test('the components of the page are read once per run, and only where a group has some', async () => {
	const items = world.groups.slice(0, 3).map(({ id }) => ({ id }));
	const parameters = { viewerGroupId: locator('id', '={{ $json.id }}'), simplify: true };
	await simulator.clearLog();
	await results(world, 'viewerGroup get', parameters, { items });
	expect((await paths()).filter((path) => path === 'components')).toEqual([]);
	for (const { id } of world.groups.slice(0, 3)) await giveComponents(id, [world.components[0].id]);
	await simulator.clearLog();
	const rows = await results(world, 'viewerGroup get', parameters, { items });
	expect(rows.map(({ components }) => components)).toEqual(items.map(() => [world.components[0].name]));
	expect((await paths()).filter((path) => path === 'components')).toHaveLength(1);
});
