import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock();
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ viewers: 250, latency: 0, limit: 100_000, ...options });
	world = await worldOf(simulator);
}

describe('permissions are understood in every shape', () => {
	test.each(['data-map', 'data-list', 'map', 'list', 'roles'])('%s', async (permissionShape) => {
		await start({ permissionShape });
		const teamMemberId = locator('id', world.memberId);
		const before = (await simulator.state()).members[world.memberId].permissions;
		await results(world, 'permission update', {
			teamMemberId,
			pages: { page: [{ pageId: world.pageId, roles: ['incidentManager'] }] },
		});
		const { permissions } = (await simulator.state()).members[world.memberId];
		const roles = { page_configuration: false, incident_manager: true, maintenance_manager: false };
		expect(permissions).toEqual({ ...before, [world.pageId]: roles });
	});

	const strange: unknown[] = [
		{ pages: [{ page: 'x' }] },
		{ data: { pages: { p: { owner: true } } } },
		{},
		{ pages: { p: ['owner'] } },
		{ pages: 'all' },
	];
	test.each(strange)('%j is not understood, and nothing is written', async (body) => {
		await start({ permissionShape: 'map' });
		await simulator.fault({ kind: 'body', match: { method: 'GET', path: '/permissions/' }, body, times: 100 });
		const { error } = await run(world, 'permission remove', {
			teamMemberId: locator('id', world.memberId),
			pageIds: [world.pageId],
		});
		expect(error?.message).toMatch(/but its permissions have an unknown shape/);
		expect((await simulator.log()).every(({ method }) => method === 'GET')).toBe(true);
	});

	test('an answer without a page that was sent is an error', async () => {
		await start({ permissionShape: 'map' });
		await simulator.fault({ kind: 'body', match: { method: 'PUT' }, body: { pages: { [world.pageId]: {} } } });
		const { error } = await run(world, 'permission remove', {
			teamMemberId: locator('id', world.memberId),
			pageIds: [world.pageId],
		});
		expect(error?.message).toContain(world.otherPageId);
	});

	test('unchanged permissions are not written', async () => {
		await start({ permissionShape: 'map' });
		const teamMemberId = locator('id', world.memberId);
		expect(
			await results(world, 'permission update', {
				teamMemberId,
				pages: { page: [{ pageId: world.plainPageId, roles: [] }] },
			}),
		).toEqual([expect.objectContaining({ result: 'unchanged' })]);
		expect(await simulator.log()).toHaveLength(1);
	});
});
