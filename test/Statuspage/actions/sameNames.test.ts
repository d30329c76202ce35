import { loadOptions, searchList } from '../../support/engine';
import { startSimulator, type Simulator } from '../../support/simulator';
import { locator, run, worldOf, type World } from '../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());

/** Three components of one name: in two component groups, and in none. */
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
	const groupIds = [world.componentGroups[0].id, world.componentGroups[1].id, null];
	for (const [index, group_id] of groupIds.entries())
		await simulator.send('PATCH', `/pages/${world.pageId}/components/${world.components[index].id}`, {
			body: { component: { name: 'API', group_id } },
		});
	// A key that no picker has asked with keeps no earlier answers.
	const apiKey = `same names ${Math.random()}`;
	await simulator.options({ keys: [simulator.key, apiKey] });
	world = { ...world, credential: { ...world.credential, apiKey } };
});

const parameters = () => ({ pageId: locator('list', world.pageId) });
const wanted = () => {
	const [first, second] = world.componentGroups;
	return [`API (${first.name})`, `API (${second.name})`, 'API'].map((name, index) => ({
		name,
		value: world.components[index].id,
	}));
};

test('From List shows the component group behind the name, and finds it', async () => {
	const search = async (filter: string) =>
		(await searchList(world.credential, 'searchComponents', { parameters: parameters(), filter })).results;
	expect(await search('API')).toEqual(expect.arrayContaining(wanted()));
	expect(await search(world.componentGroups[1].name)).toContainEqual(wanted()[1]);
});

test('From List of component groups shows all of them', async () => {
	const { results } = await searchList(world.credential, 'searchComponentGroups', { parameters: parameters() });
	expect(results.map(({ value }) => value).sort()).toEqual(world.componentGroups.map(({ id }) => id).sort());
});

test.each(['getComponents', 'getComponentsOfPages'] as const)('%s shows the component group', async (method) => {
	const shown = await loadOptions(world.credential, method, { ...parameters(), options: { pageIds: [world.pageId] } });
	expect(shown).toEqual(expect.arrayContaining(wanted()));
});

test('a name that several components have is an error with their IDs', async () => {
	const { error } = await run(world, 'component get', { componentId: locator('name', 'api') });
	for (const { value } of wanted()) expect(error?.message).toContain(value);
});
