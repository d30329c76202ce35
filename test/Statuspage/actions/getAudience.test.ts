import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../../support/fastClock';
import { startSimulator, type Simulator } from '../../support/simulator';
import { locator, results, run, worldOf, type World } from '../../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ viewers: 40, limit: 100_000 });
	world = await worldOf(simulator);
	const { groups, components, viewers } = world;
	await give(`page_access_groups/${groups[0].id}`, [components[0].id]);
	await give(`page_access_users/${viewers[0].id}`, [components[0].id]);
	await simulator.clearLog();
});

const give = async (owner: string, component_ids: string[]) =>
	await simulator.send('POST', `/pages/${world.pageId}/${owner}/components`, { body: { component_ids } });
const audience = async (parameters: IDataObject = {}, items?: IDataObject[]) =>
	await results(
		world,
		'component getAudience',
		{ componentId: locator('id', world.components[0].id), returnAll: true, ...parameters },
		items ? { items } : {},
	);
const summaryIn = (rows: IDataObject[]) => rows.filter(({ kind }) => kind === 'summary');
const ways = (rows: IDataObject[]) =>
	rows.filter(({ kind }) => kind === 'access').map(({ viewerId, way }) => `${String(viewerId)} ${String(way)}`);
const ofGroup = (index: number) =>
	world.viewers.filter(({ groupIds }) => groupIds.includes(world.groups[index].id)).map(({ id }) => `${id} group`);

test('the component can be named', async () => {
	const rows = await audience({ componentId: locator('name', world.components[0].name.toUpperCase()) });
	expect(ways(rows)).toEqual(ofGroup(0));
});

test('a viewer with several types of access has a row for each', async () => {
	const { groups, components, viewers } = world;
	for (const { id } of groups) await give(`page_access_groups/${id}`, [components[0].id]);
	const rows = await audience({ options: { directComponents: true } });
	const [viewer] = viewers;
	const mine = rows.filter(({ viewerId }) => viewerId === viewer.id);
	expect(mine.map(({ way, viewerGroupId }) => viewerGroupId ?? way)).toEqual([...viewer.groupIds, 'direct']);
	expect(mine[0]).toMatchObject({ email: viewer.email, externalLogin: viewer.external_login });
});

test('own components that were not checked are in the data and take no requests', async () => {
	const rows = await audience();
	expect(ways(rows)).toEqual(ofGroup(0));
	const [{ notLookedAt, text, emptyViewerGroups }] = summaryIn(rows);
	expect(emptyViewerGroups).toEqual([]);
	expect(notLookedAt).toContain("Own components of viewers ('Own Components' is off)");
	expect(text).toContain("Not checked: Own components of viewers ('Own Components' is off)");
	expect((await simulator.calls()).filter((call) => /page_access_users\/.*\/components/.test(call))).toEqual([]);
});

test('own components take one request per viewer, once for several components of a page', async () => {
	const { components } = world;
	const rows = await audience(
		{ componentId: locator('id', '={{ $json.id }}'), options: { directComponents: true } },
		components.slice(0, 3).map(({ id }) => ({ id })),
	);
	expect(summaryIn(rows).map(({ componentId }) => componentId)).toEqual(components.slice(0, 3).map(({ id }) => id));
	expect(summaryIn(rows).every(({ notLookedAt }) => !String(notLookedAt).includes('Own components'))).toBe(true);
	const own = (await simulator.calls()).filter((call) => /page_access_users\/.*\/components/.test(call));
	expect(own).toHaveLength(world.viewers.length);
	expect(new Set(own).size).toBe(own.length);
});

test('a viewer group with the component and without viewers is named', async () => {
	const { groups, components, pageId } = world;
	await simulator.send('PATCH', `/pages/${pageId}/page_access_groups/${groups[0].id}`, {
		body: { page_access_group: { page_access_user_ids: [] } },
	});
	const rows = await audience();
	expect(ways(rows)).toEqual([]);
	expect(summaryIn(rows)).toMatchObject([
		{ viewers: 0, emptyViewerGroups: [groups[0].name], component: components[0].name },
	]);
	expect(summaryIn(rows)[0].text).toContain(
		`No viewer was found with access to ${components[0].name}. 1 viewer group with this component and without viewers: ${groups[0].name}.`,
	);
});

test('the summary of a component without audience contains what was checked', async () => {
	const rows = await audience({ componentId: locator('id', world.components[4].id) });
	expect(rows).toMatchObject([
		{ kind: 'summary', viewers: 0, lookedAt: ['40 viewers', 'All viewer groups: none has this component'] },
	]);
});

test('a viewer who is missing in the cut list of a group is included', async () => {
	await simulator.reset({ viewers: 250, limit: 100_000, membersCap: 100 });
	world = await worldOf(simulator);
	const all = ofGroup(0);
	for (const { id } of world.viewers)
		await simulator.send('PATCH', `/pages/${world.pageId}/page_access_users/${id}`, {
			body: { page_access_user: { page_access_group_ids: [world.groups[0].id] } },
		});
	await give(`page_access_groups/${world.groups[0].id}`, [world.components[0].id]);
	expect(all.length).toBeLessThan(250);
	expect(ways(await audience())).toHaveLength(250);
});

test('Limit counts rows with access, and the summary says what is missing', async () => {
	const rows = await audience({ returnAll: false, limit: 2 });
	expect(ways(rows)).toEqual(ofGroup(0).slice(0, 2));
	expect(summaryIn(rows)[0].text).toContain(`2 rows of ${ofGroup(0).length} returned because of 'Limit'`);
	expect(summaryIn(rows)[0].viewers).toBe(ofGroup(0).length);
});

test('the summary can be left out', async () => {
	const rows = await audience({ options: { includeSummary: false } });
	expect(summaryIn(rows)).toEqual([]);
	expect(ways(rows)).toEqual(ofGroup(0));
});

test('a component group has no audience', async () => {
	const [group] = world.componentGroups;
	const { error } = await run(world, 'component getAudience', { componentId: locator('id', group.id) });
	expect(error?.message).toContain(`'Component' is "${group.name}", which is a component group`);
});

test('a response without members is not an empty group', async () => {
	await simulator.fault({
		kind: 'fields',
		drop: ['page_access_user_ids'],
		match: { path: 'page_access_groups' },
		times: 50,
	});
	const { items, error } = await run(world, 'component getAudience', {
		componentId: locator('id', world.components[0].id),
	});
	expect([items, error?.message]).toEqual([[], expect.stringContaining('Statuspage')]);
});
