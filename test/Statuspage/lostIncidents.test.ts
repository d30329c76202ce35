import { sleep, type IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock(1000);
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset();
	world = await worldOf(simulator);
});

const NEW = { name: 'Outage', body: 'We look into it' };
const named = async (name: string) =>
	Object.values((await simulator.page()).incidents).filter(({ row }) => row.name === name);
const sent = async (method: string) => (await simulator.log()).filter((entry) => entry.method === method);
const incident = () => ({ incidentId: locator('id', world.incidents[0].row.id) });
const updates = async () => (await simulator.page()).incidents[world.incidents[0].row.id].updates;

/** Ways to lose the answer of a write that was processed. */
const LOST: Array<[string, Partial<Fault> & Pick<Fault, 'kind'>]> = [
	['the connection is closed', { kind: 'resetAfter' }],
	['the body is cut', { kind: 'cut' }],
	['a proxy answers with HTML', { kind: 'html', status: 200, after: true }],
	['the body is not understood', { kind: 'body', body: {} }],
];
/** Ways to lose a write before it is processed. */
const NEVER: Array<[string, Partial<Fault> & Pick<Fault, 'kind'>]> = [
	['the connection is closed before', { kind: 'resetBefore' }],
	['the service has an internal error', { kind: 'status', status: 500 }],
	['a gateway gives up', { kind: 'status', status: 504 }],
];

describe('a create', () => {
	test.each(LOST)('is found if %s', async (_, fault) => {
		await simulator.fault({ ...fault, match: { method: 'POST' } });
		const [output] = await results(world, 'incident create', NEW);
		const [created, ...others] = await named('Outage');
		expect(others).toEqual([]);
		expect(output).toMatchObject({ id: created.row.id, note: expect.stringContaining('It was created once.') });
		expect(await sent('POST')).toHaveLength(1);
	});

	test.each(NEVER)('is not sent again if %s, and the item says that it was not found', async (_, fault) => {
		await simulator.fault({ ...fault, match: { method: 'POST' } });
		const { error, items } = await run(world, 'incident create', NEW);
		expect(items).toEqual([]);
		expect(error?.description).toMatch(/not found among the incidents of the page.*not sent again/);
		expect([await sent('POST'), await named('Outage')]).toEqual([[expect.anything()], []]);
	});

	test('is found although an equal incident was created before the run', async () => {
		await results(world, 'incident create', NEW);
		const [earlier] = await named('Outage');
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const [output] = await results(world, 'incident create', NEW);
		expect(output.id).not.toBe(earlier.row.id);
		expect(await named('Outage')).toHaveLength(2);
	});

	test('is not mistaken for an equal incident that was created before the run', async () => {
		await results(world, 'incident create', NEW);
		await simulator.fault({ kind: 'resetBefore', match: { method: 'POST' } });
		const { error } = await run(world, 'incident create', NEW);
		expect(error?.description).toContain('not found');
	});

	test('is not mistaken for an equal incident of the same run', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' }, times: 2 });
		const outputs = await results(world, 'incident create', NEW, { items: [{}, {}, {}] });
		expect(new Set(outputs.map(({ id }) => id)).size).toBe(3);
		expect(await named('Outage')).toHaveLength(3);
	});

	test('that did not arrive is not mistaken for an earlier one of the same run', async () => {
		await simulator.fault({ kind: 'status', status: 500, match: { method: 'POST' }, skip: 1 });
		const { items } = await run(world, 'incident create', NEW, { items: [{}, {}], onError: 'continueRegularOutput' });
		expect(items.map(({ error }) => error !== undefined)).toEqual([false, true]);
	});

	/** Loses a create, and creates another incident in the meantime. */
	async function loseBeside(fault: Fault, other: IDataObject) {
		await simulator.fault({ ...fault, match: { method: 'POST' } });
		const running = run(world, 'incident create', { ...NEW, options: { timeout: 1 } });
		while ((await sent('POST')).length === 0) await sleep(20);
		await simulator.send('POST', `/pages/${world.pageId}/incidents`, { body: { incident: other } });
		return await running;
	}

	test('is not mistaken for an incident of somebody else with another message', async () => {
		const { error } = await loseBeside({ kind: 'hang' }, { ...NEW, body: 'Another text' });
		expect(error?.description).toContain('not found among the incidents');
	});

	test('that several new incidents fit is uncertain, and the item names them', async () => {
		const { error } = await loseBeside({ kind: 'hang', after: true }, NEW);
		const ids = (await named('Outage')).map(({ row }) => row.id);
		expect(ids).toHaveLength(2);
		for (const id of ids) expect(error?.description).toContain(id);
	});

	test('of a backfilled incident is found, although its date is in the past', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const parameters = { ...NEW, incidentType: 'backfilled', backfillDate: '2025-12-24' };
		const [output] = await results(world, 'incident create', parameters);
		expect(output).toMatchObject({ created_at: '2025-12-24T12:00:00.000Z', note: expect.any(String) });
	});

	test('whose look-up fails is uncertain', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		await simulator.fault({ kind: 'status', status: 403, match: { method: 'GET', path: 'incidents' }, skip: 1 });
		const { error } = await run(world, 'incident create', NEW);
		expect(error?.description).toMatch(/could not be looked up/);
		expect(await named('Outage')).toHaveLength(1);
	});

	test('goes on if the incidents before cannot be read, and a lost answer is then uncertain', async () => {
		const unreadable = {
			kind: 'fields',
			set: { name: null },
			match: { method: 'GET', path: 'incidents' },
			times: 1000,
		} as const;
		await simulator.fault(unreadable);
		expect(await results(world, 'incident create', { name: 'First' })).toMatchObject([{ name: 'First' }]);
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const { error } = await run(world, 'incident create', NEW);
		expect(error?.description).toMatch(/could not be looked up: the incidents of the page could not be read before/);
		expect(await sent('POST')).toHaveLength(2);
	});

	test('that was rejected because of the rate limit is sent again', async () => {
		await simulator.fault({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, match: { method: 'POST' } });
		const [output] = await results(world, 'incident create', NEW);
		expect(output).not.toHaveProperty('note', expect.stringContaining('lost'));
		expect(await named('Outage')).toHaveLength(1);
	});
});

describe('an update with a message', () => {
	const MESSAGE = { status: 'monitoring', body: 'A fix is in place' };

	test.each(LOST)('is found among the updates if %s', async (_, fault) => {
		await simulator.fault({ ...fault, match: { method: 'PATCH' } });
		const [output] = await results(world, 'incident update', { ...incident(), ...MESSAGE });
		expect(output).toMatchObject({ status: 'monitoring', note: expect.stringContaining('It was posted once.') });
		expect([await sent('PATCH'), await updates()]).toEqual([
			[expect.anything()],
			[expect.anything(), expect.anything()],
		]);
	});

	test.each(NEVER)('is not sent again if %s, and the item says that it was not found', async (_, fault) => {
		await simulator.fault({ ...fault, match: { method: 'PATCH' } });
		const { error } = await run(world, 'incident update', { ...incident(), ...MESSAGE });
		expect(error?.description).toMatch(/The update was not found at the incident.*not sent again/);
		expect([await sent('PATCH'), await updates()]).toEqual([[expect.anything()], [expect.anything()]]);
	});

	test('is not mistaken for an earlier update with the same text', async () => {
		await results(world, 'incident update', { ...incident(), ...MESSAGE });
		await simulator.fault({ kind: 'resetBefore', match: { method: 'PATCH' } });
		const { error } = await run(world, 'incident update', { ...incident(), ...MESSAGE });
		expect(error?.description).toContain('not found');
	});

	test('is uncertain if the incident has no list of updates', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
		await simulator.fault({ kind: 'fields', set: { incident_updates: null }, match: { method: 'GET' }, times: 100 });
		const { error } = await run(world, 'incident update', { ...incident(), ...MESSAGE });
		expect(error?.description).toContain('not found');
	});

	test('that is processed late is found', async () => {
		await simulator.fault({ kind: 'hang', after: true, match: { method: 'PATCH' } });
		const [output] = await results(world, 'incident update', { ...incident(), ...MESSAGE, options: { timeout: 1 } });
		expect(output.note).toContain('It was posted once.');
	});
});

test.each<[string, IDataObject]>([
	['a name', { updateFields: { name: 'New name' } }],
	['metadata', { updateFields: { metadata: { data: { b: 1, a: 2 } } } }],
	['components', { updateFields: {}, components: true }],
	['a status', { status: 'identified' }],
])('an update with %s and without a message is found at the incident', async (_, { components, ...fields }) => {
	await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
	const rows = { component: [{ componentIds: [world.components[4].id], status: 'major_outage' }] };
	const [output] = await results(world, 'incident update', {
		...incident(),
		...fields,
		...(components ? { components: rows } : {}),
	});
	expect(output.note).toContain('the update was found');
	expect(await sent('PATCH')).toHaveLength(1);
});

test('a change of times is found as an instant', async () => {
	const maintenance = world.incidents.find(({ row }) => row.status === 'scheduled');
	await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
	const scheduledUntil = '2031-03-02T05:00:00+01:00';
	await simulator.fault({
		kind: 'fields',
		set: { scheduled_until: scheduledUntil },
		match: { method: 'GET' },
		times: 2,
	});
	const [output] = await results(world, 'incident update', {
		incidentId: String(maintenance?.row.id),
		updateFields: { scheduledUntil, remindPrior: true },
	});
	expect(output.note).toContain('the update was found');
});

describe('an edited update', () => {
	const edit = () => ({
		...incident(),
		incidentUpdateId: world.incidents[0].updates[0].id,
		updateFields: { body: 'Text', displayAt: '2026-01-01T00:00:00+01:00', wantsTwitterUpdate: true },
	});

	test('is found if its answer is lost', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
		const [output] = await results(world, 'incident editUpdate', edit());
		expect(output).toMatchObject({ body: 'Text', note: expect.stringContaining('has the new values') });
		expect(await sent('PATCH')).toHaveLength(1);
	});

	test('is not sent again if it was not done', async () => {
		await simulator.fault({ kind: 'status', status: 502, match: { method: 'PATCH' } });
		const { error } = await run(world, 'incident editUpdate', edit());
		expect(error?.description).toContain('The update does not have the new values');
		expect(await sent('PATCH')).toHaveLength(1);
	});
});

describe('Create or Update', () => {
	const KEY = { metadataKey: 'data.alert', metadataValue: 'a7', name: 'CPU', body: 'High' };

	test('finds a lost create by its metadata value', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const [output] = await results(world, 'incident upsert', KEY);
		expect(output).toMatchObject({ result: 'created', note: expect.stringContaining('It was created once.') });
		expect([await sent('POST'), await named('CPU')]).toEqual([[expect.anything()], [expect.anything()]]);
	});

	test('does not send a lost create again', async () => {
		await simulator.fault({ kind: 'resetBefore', match: { method: 'POST' } });
		const { error } = await run(world, 'incident upsert', KEY);
		expect(error?.description).toContain('not found among the incidents');
		expect(await named('CPU')).toEqual([]);
	});

	test('finds a lost update', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
		const [output] = await results(world, 'incident upsert', { ...KEY, metadataValue: 'a1' });
		expect(output).toMatchObject({ result: 'updated', note: expect.stringContaining('It was posted once.') });
	});
});
