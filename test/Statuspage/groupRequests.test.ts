import { changeViewersOfGroup, changeViewersOfGroups } from '../../nodes/services/statuspage/membership';
import { directApi } from '../support/direct';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ viewers: 700, limit: 100_000, latency: 0, membersCap: 0, ...options });
	world = await worldOf(simulator);
}

async function emptyGroups(count: number): Promise<string[]> {
	const groups = world.groups.slice(0, count);
	for (const { id } of groups) await setMembers(id, []);
	await simulator.clearLog();
	return groups.map(({ id }) => id);
}

const setMembers = async (groupId: string, ids: string[]) =>
	await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${groupId}`, {
		body: { page_access_group: { page_access_user_ids: ids } },
	});
const viewerIds = (count: number) => world.viewers.slice(0, count).map(({ id }) => id);
const requests = async () => (await simulator.log()).map(({ method, path }) => `${method} ${path.split('/')[3]}`);

test('500 viewers into an empty group need 3 requests', async () => {
	await start();
	const [groupId] = await emptyGroups(1);
	await results(world, 'viewerGroup addViewers', { viewerGroupId: locator('id', groupId), viewerIds: viewerIds(500) });
	expect(await requests()).toEqual(['GET page_access_groups', 'PATCH page_access_groups', 'GET page_access_groups']);
});

test('200 viewers into each of 10 empty groups need one read and one write per group, and one check', async () => {
	await start();
	const groups = await emptyGroups(10);
	const items = groups.flatMap((group) => viewerIds(200).map((viewer) => ({ group, viewer })));
	const { error } = await run(
		world,
		'viewerGroup addViewers',
		{ viewerGroupId: locator('id', '={{ $json.group }}'), viewerIds: '={{ $json.viewer }}' },
		{ items },
	);
	expect(error).toBeUndefined();
	expect((await requests()).length).toBeLessThanOrEqual(21);
	const { groups: after } = await simulator.page();
	for (const id of groups) expect(after[id].viewerIds).toHaveLength(200);
});

test('200 viewers into each of 8 groups need one list, one write per group, and one check', async () => {
	await start();
	const groups = await emptyGroups(8);
	await changeViewersOfGroups(
		directApi(simulator.url),
		world.pageId,
		new Map(groups.map((id) => [id, viewerIds(200)])),
		'add',
	);
	expect(await requests()).toHaveLength(10);
});

test('groups of exactly 100 share one list of viewers', async () => {
	await start();
	const groups = await emptyGroups(3);
	for (const id of groups) await setMembers(id, viewerIds(100));
	await simulator.clearLog();
	const [one, two] = viewerIds(102).slice(100);
	const api = directApi(simulator.url);
	await Promise.all(groups.map(async (id) => await changeViewersOfGroup(api, world.pageId, id, [one, two], 'add')));
	const log = await requests();
	// One list of eight pages, and at most three pages in vain.
	expect(log.filter((call) => call === 'GET page_access_users').length).toBeLessThanOrEqual(11);
	const { groups: after } = await simulator.page();
	for (const id of groups) expect(after[id].viewerIds).toHaveLength(102);
});

test('a truncated list is completed anew for a group that changed after the list of viewers was read', async () => {
	await start({ viewers: 150, membersCap: 100 });
	const [one, two] = await emptyGroups(2);
	for (const id of [one, two]) await setMembers(id, viewerIds(120));
	const api = directApi(simulator.url);
	await changeViewersOfGroup(api, world.pageId, one, viewerIds(123).slice(121), 'add');
	// Another user removes a viewer that the truncated list does not show.
	await setMembers(two, viewerIds(119));
	await changeViewersOfGroup(api, world.pageId, two, viewerIds(123).slice(121), 'add');
	const { groups } = await simulator.page();
	expect(new Set(groups[two].viewerIds)).toEqual(new Set([...viewerIds(119), ...viewerIds(123).slice(121)]));
});

test.each([250, 500])('%d viewers into a group that rejects every write need at most 40 requests', async (count) => {
	await start();
	const [groupId] = await emptyGroups(1);
	await simulator.fault({
		kind: 'body',
		match: { method: 'PATCH', path: `page_access_groups/${groupId}$` },
		times: 10_000,
		status: 422,
		body: { error: 'This group is managed by single sign-on' },
	});
	const items = viewerIds(count).map((viewer) => ({ viewer }));
	const { errorItems, items: rows } = await run(
		world,
		'viewerGroup addViewers',
		{ viewerGroupId: locator('id', groupId), viewerIds: '={{ $json.viewer }}' },
		{ items, onError: 'continueErrorOutput' },
	);
	// On a slow machine, a read that became too old for its write is repeated.
	const sent = await requests();
	expect(sent.filter((call, index) => call.startsWith('PATCH') || call !== sent[index + 1]).length).toBeLessThanOrEqual(
		40,
	);
	expect([rows.length, errorItems.length]).toEqual([0, count]);
	for (const { error } of errorItems) expect(error).toContain('This group is managed by single sign-on');
});

test('a viewer group that does not exist is asked for once', async () => {
	await start();
	const unknown = { viewerGroupId: locator('id', 'zzzzzz000001'), viewerIds: viewerIds(200) };
	const { error } = await run(world, 'viewerGroup addViewers', unknown);
	expect(error?.message).toContain('Statuspage could not find the viewer group zzzzzz000001');
	expect((await requests()).filter((call) => call === 'GET page_access_groups').length).toBeLessThanOrEqual(2);
});

test('a rejected write is narrowed down with one read', async () => {
	await start();
	const [groupId] = await emptyGroups(1);
	const ids = [...viewerIds(40), 'bad000000001'];
	const { error } = await run(world, 'viewerGroup addViewers', {
		viewerGroupId: locator('id', groupId),
		viewerIds: ids,
	});
	expect(error?.message).toContain('bad000000001');
	expect((await simulator.page()).groups[groupId].viewerIds).toHaveLength(40);
	// A read before the first write, and the check.
	expect((await requests()).filter((call) => call.startsWith('GET')).length).toBeLessThanOrEqual(3);
});

test('200 viewers are removed from a component side by side', async () => {
	await start();
	const componentId = world.components[0].id;
	const ids = viewerIds(200);
	await simulator.send('POST', `/pages/${world.pageId}/components/${componentId}/page_access_users`, {
		body: { page_access_user_ids: ids },
	});
	await simulator.options({ latency: 100 });
	await simulator.clearLog();
	const began = performance.now();
	const [row] = await results(world, 'component removeViewers', {
		componentId: locator('id', componentId),
		viewerIds: ids,
	});
	expect(row.removed).toEqual(ids);
	expect(await simulator.log()).toHaveLength(200);
	// One after the other, it takes at least 20 s, also on a fast machine.
	expect(performance.now() - began).toBeLessThan(15_000);
});
