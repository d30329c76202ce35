import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { expectRefused } from '../support/refused';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock();
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
});

const ALERT = { metadataKey: 'data.alert', metadataValue: 'a1', name: 'CPU is high' };
const writes = async () =>
	(await simulator.log())
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path, body }) => ({ method, path, body: (body as { incident: IDataObject }).incident }));
const open = () => world.incidents[1];

test('an alert that fires again updates its incident, also beside incidents without metadata', async () => {
	expect(world.incidents.slice(0, 3).map(({ row }) => row.metadata)).toEqual([{}, { data: { alert: 'a1' } }, null]);
	const [output] = await results(world, 'incident upsert', { ...ALERT, body: 'Again' });
	expect(output).toMatchObject({ id: open().row.id, result: 'updated', name: 'CPU is high' });
	expect(await writes()).toEqual([
		{
			method: 'PATCH',
			path: `/pages/${world.pageId}/incidents/${open().row.id}`,
			body: { name: 'CPU is high', body: 'Again', deliver_notifications: true },
		},
	]);
});

test('a new alert opens an incident with its value in the metadata', async () => {
	const parameters = {
		...ALERT,
		metadataValue: 'a2',
		additionalFields: { metadata: { data: { host: 'x' }, jira: {} } },
	};
	const [output] = await results(world, 'incident upsert', parameters);
	expect(output.result).toBe('created');
	expect(await writes()).toMatchObject([
		{ method: 'POST', body: { metadata: { data: { host: 'x', alert: 'a2' }, jira: {} } } },
	]);
});

test.each<[string, unknown, string]>([
	['a key without an object belongs to the object data', 'alert', 'a1'],
	['blanks around a key do not count', ' data . alert ', 'a1'],
])('%s', async (_, metadataKey, metadataValue) => {
	const parameters = { ...ALERT, metadataKey, metadataValue, body: 'x' } as IDataObject;
	expect(await results(world, 'incident upsert', parameters)).toMatchObject([{ result: 'updated' }]);
});

test('a number in the metadata is found by its digits', async () => {
	await simulator.send('PATCH', `/pages/${world.pageId}/incidents/${open().row.id}`, {
		body: { incident: { metadata: { data: { alert: 4711 } } } },
	});
	const parameters = { ...ALERT, metadataValue: 4711, body: 'x' };
	expect(await results(world, 'incident upsert', parameters)).toMatchObject([{ id: open().row.id, result: 'updated' }]);
});

test('an incident that is as wanted is not written', async () => {
	const components = { component: [{ componentIds: [world.components[1].id], status: 'operational' }] };
	const parameters = { ...ALERT, name: 'Slow logins', status: 'identified', components };
	expect(await results(world, 'incident upsert', parameters)).toMatchObject([{ result: 'unchanged' }]);
	expect(await writes()).toEqual([]);
	const changed = { ...parameters, additionalFields: { metadata: { jira: { id: 'X-1' } } } };
	expect(await results(world, 'incident upsert', changed)).toMatchObject([{ result: 'updated' }]);
	expect((await writes())[0].body.metadata).toEqual({ data: { alert: 'a1' }, jira: { id: 'X-1' } });
});

test('a recovery resolves its incident, and opens none where there is none', async () => {
	const recovery = { ...ALERT, status: 'resolved', body: 'Back to normal', resetComponents: true };
	expect(await results(world, 'incident upsert', recovery)).toMatchObject([{ status: 'resolved', result: 'updated' }]);
	await simulator.clearLog();
	expect(await results(world, 'incident upsert', recovery)).toEqual([
		{ result: 'unchanged', note: expect.stringMatching(/data\.alert = a1.*No incident was created/) },
	]);
	expect(await writes()).toEqual([]);
});

test('several items with the same value make one incident', async () => {
	// The first item has to wait for the list of pages.
	const items = Array.from({ length: 5 }, (_, index) => ({
		text: `Message ${index}`,
		page: index === 0 ? world.page.row.name : world.pageId,
	}));
	const pageId = locator('id', '={{ $json.page }}');
	const parameters = { ...ALERT, pageId, metadataValue: 'a3', body: '={{ $json.text }}' };
	const outputs = await results(world, 'incident upsert', parameters, { items });
	expect(outputs.map(({ result }) => result)).toEqual(['created', 'updated', 'updated', 'updated', 'updated']);
	const [created] = Object.values((await simulator.page()).incidents);
	expect(created.updates.map(({ body }) => body)).toEqual(items.map(({ text }) => text).reverse());
});

test('two executions at the same time make one incident', async () => {
	const parameters = { ...ALERT, metadataValue: 'a4', body: 'x' };
	const both = await Promise.all([1, 2].map(async () => await results(world, 'incident upsert', parameters)));
	expect(
		both
			.flat()
			.map(({ result }) => result)
			.sort(),
	).toEqual(['created', 'updated']);
});

test('several open incidents with the value are an error that names them', async () => {
	await simulator.send('PATCH', `/pages/${world.pageId}/incidents/${world.incidents[0].row.id}`, {
		body: { incident: { metadata: { data: { alert: 'a1' } } } },
	});
	await simulator.clearLog();
	const result = await run(world, 'incident upsert', ALERT);
	await expectRefused(simulator, result, /^'Metadata Value' is "a1", which 2 unresolved incidents have/);
	for (const { row } of world.incidents.slice(0, 2)) expect(result.error?.message).toContain(row.id);
});

test('a maintenance with the value gets no status of incidents', async () => {
	const maintenance = world.incidents.find(({ row }) => row.status === 'in_progress');
	await simulator.send('PATCH', `/pages/${world.pageId}/incidents/${maintenance?.row.id}`, {
		body: { incident: { metadata: { data: { alert: 'a5' } } } },
	});
	await simulator.clearLog();
	const result = await run(world, 'incident upsert', { ...ALERT, metadataValue: 'a5', status: 'resolved' });
	await expectRefused(simulator, result, /^'Status' must be one of Scheduled/);
});

test('more than 100 open incidents are searched', async () => {
	await simulator.reset({ incidents: 230 });
	world = await worldOf(simulator);
	const last = world.incidents.at(-6);
	await simulator.send('PATCH', `/pages/${world.pageId}/incidents/${last?.row.id}`, {
		body: { incident: { metadata: { data: { alert: 'deep' } } } },
	});
	const output = await results(world, 'incident upsert', { ...ALERT, metadataValue: 'deep', body: 'x' });
	expect(output).toMatchObject([{ id: last?.row.id, result: 'updated' }]);
	await simulator.reset({ incidents: 8 });
});
