import type { IDataObject } from 'n8n-workflow';
import { runExample, type ExampleRun } from './support/exampleEngine';
import { readExample } from './support/exampleFiles';
import { startSimulator, type Simulator } from './support/simulator';
import { incidentItem, NAME, NAME_IN_SLACK } from './support/triggerItems';
import { worldOf, type World } from './support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ viewers: 10 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset();
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const requests = async () => (await simulator.log()).map(({ method, path }) => `${method} ${path.split('?')[0]}`);

describe('incident-to-slack.json', () => {
	const example = readExample('incident-to-slack.json');
	const changed = async (...items: IDataObject[]): Promise<ExampleRun> =>
		await runExample(example, world, { start: 'Incident changed', items });
	const affected = (count: number) => world.components.slice(0, count).map(({ id, name }) => ({ id, name }));
	const setGroup = async (index: number, fields: IDataObject) =>
		await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${world.groups[index].id}`, {
			body: { page_access_group: fields },
		});
	const groupNames = (...indexes: number[]) => indexes.map((index) => `\`${world.groups[index].name}\``).join(', ');
	beforeEach(async () => {
		const ids = world.components.map(({ id }) => id);
		await setGroup(0, { component_ids: [ids[0], ids[1]] });
		await setGroup(1, { component_ids: [ids[1], ids[2]] });
		await setGroup(2, { component_ids: [ids[4]] });
		await simulator.clearLog();
	});

	test('posts a new incident with its components, the viewer groups with access to them, the update and the link', async () => {
		const components = affected(1);
		const { posts, error } = await changed(incidentItem(world.pageId, {}, { components }));
		expect([error, posts]).toEqual([
			undefined,
			[
				[
					'*Incident created:* `API errors`',
					'Status: investigating, impact: major',
					`Components: \`${components[0].name}\``,
					`Viewer groups with access: ${groupNames(0)}`,
					'> We are investigating.',
					'https://stspg.example/x?a=1&amp;b=2',
				].join('\n'),
			],
		]);
	});

	test('names each viewer group once for several components', async () => {
		const components = affected(3);
		const { posts } = await changed(incidentItem(world.pageId, {}, { components }));
		expect(posts[0]).toContain(`Components: ${components.map(({ name }) => `\`${name}\``).join(', ')}\n`);
		expect(posts[0]).toContain(`\nViewer groups with access: ${groupNames(0, 1)}\n`);
	});

	test('updates and resolutions have the old and the new status, and an unchanged one once', async () => {
		const { posts } = await changed(
			incidentItem(world.pageId, { event: 'incidentUpdated', oldStatus: 'investigating', newStatus: 'identified' }),
			incidentItem(world.pageId, { event: 'incidentUpdated', oldStatus: 'identified', newStatus: 'identified' }),
			incidentItem(world.pageId, { event: 'incidentResolved', oldStatus: 'identified', newStatus: 'resolved' }),
		);
		expect(posts.map((post) => post.split('\n').slice(0, 2))).toEqual([
			['*Incident updated:* `API errors`', 'Status: investigating → identified, impact: major'],
			['*Incident updated:* `API errors`', 'Status: identified, impact: major'],
			['*Incident resolved:* `API errors`', 'Status: identified → resolved, impact: major'],
		]);
	});

	test('reads the viewer groups once for several events and components, and no single viewer', async () => {
		const components = affected(3);
		await changed(incidentItem(world.pageId, {}, { components }), incidentItem(world.pageId, {}, { components }));
		expect(await requests()).toEqual([`GET /pages/${world.pageId}/page_access_groups`]);
	});

	test('takes the page of the event', async () => {
		await changed(incidentItem(world.otherPageId));
		expect(await requests()).toEqual([`GET /pages/${world.otherPageId}/page_access_groups`]);
	});

	test('an incident without components, an update or a link says only what there is', async () => {
		const { posts } = await changed(
			incidentItem(world.pageId, { update: undefined }, { impact: null, shortlink: '', components: [] }),
		);
		expect(posts).toEqual(['*Incident created:* `API errors`\nStatus: investigating\nComponents: none']);
	});

	test('says that no viewer group has access', async () => {
		const { posts } = await changed(
			incidentItem(world.pageId, {}, { components: [{ id: 'cmpnoaccess1', name: null }] }),
		);
		expect(posts[0]).toContain('\nComponents: `cmpnoaccess1`\nViewer groups with access: none\n');
	});

	test('shows names as they are, and nothing in a text can mention people', async () => {
		const [component] = affected(1);
		await setGroup(0, { name: NAME });
		const update = { id: 'upd1', status: 'investigating', text: 'a < b & c\n<!channel> done', at: null };
		const { posts } = await changed(
			incidentItem(world.pageId, { update }, { name: NAME, components: [{ id: component.id, name: NAME }] }),
		);
		const [title, , components, groups, first, second] = posts[0].split('\n');
		expect([title, components]).toEqual([`*Incident created:* ${NAME_IN_SLACK}`, `Components: ${NAME_IN_SLACK}`]);
		expect(groups).toBe(`Viewer groups with access: ${NAME_IN_SLACK}`);
		expect([first, second]).toEqual(['> a &lt; b &amp; c', '> &lt;!channel&gt; done']);
	});

	test('posts the incident with the reason if the viewer groups cannot be read', async () => {
		await simulator.fault({ kind: 'status', status: 403, match: { path: '/page_access_groups' }, times: 9 });
		const { posts, error } = await changed(incidentItem(world.pageId, {}, { components: affected(1) }));
		expect(error).toBeUndefined();
		expect(posts).toEqual([
			expect.stringMatching(/\nViewer groups could not be read: .*403.*\n> We are investigating\.\nhttps:/),
		]);
	});

	test('a page without viewer groups still posts', async () => {
		const { posts } = await changed(incidentItem(world.plainPageId, {}, { components: affected(1) }));
		expect(posts).toEqual([expect.stringContaining('Viewer groups with access: none')]);
	});

	test('a long list of names is cut, and the rest is counted', async () => {
		const components = Array.from({ length: 24 }, (_, index) => ({ id: `cmp${index}`, name: `C${index}` }));
		const { posts } = await changed(incidentItem(world.pageId, {}, { components }));
		expect(posts[0]).toMatch(/`C18`, `C19` and 4 more\n/);
	});
});
