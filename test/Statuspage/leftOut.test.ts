import { startSimulator, type Simulator } from '../support/simulator';
import { results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ viewers: 20, limit: 100_000 });
	world = await worldOf(simulator);
});

const viewerNow = async (id: string) => (await simulator.page()).viewers[id];

test('a new viewer without its group is an error that names the group and the viewer', async () => {
	const [group] = world.groups;
	await simulator.fault({
		kind: 'fields',
		match: { method: 'POST', path: 'page_access_users$' },
		set: { page_access_group_ids: [] },
	});
	const { error } = await run(world, 'viewer create', {
		email: 'new@example.com',
		additionalFields: { viewerGroupIds: [group.id] },
	});
	expect(error?.message).toMatch(
		new RegExp(`Viewer \\w+ was created, but Statuspage didn't add the viewer to viewer group ${group.id}`),
	);
});

test('Create or Update adds missing components to a viewer, and keeps the others', async () => {
	const [viewer] = world.viewers;
	const [one, two] = world.components;
	await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${viewer.id}/components`, {
		body: { component_ids: [one.id] },
	});
	const [row] = await results(world, 'viewer upsert', {
		email: viewer.email,
		additionalFields: { componentIds: [two.name] },
	});
	expect(row.result).toBe('updated');
	expect((await viewerNow(viewer.id)).componentIds.sort()).toEqual([one.id, two.id].sort());
});

test('a new viewer group with an email without a viewer is not created', async () => {
	const { error } = await run(world, 'viewerGroup create', {
		name: 'New',
		additionalFields: { viewerIds: [world.viewers[0].email, 'nobody@example.com'] },
	});
	expect(error?.message).toContain('nobody@example.com');
	expect(Object.values((await simulator.page()).groups).map(({ name }) => name)).not.toContain('New');
});
