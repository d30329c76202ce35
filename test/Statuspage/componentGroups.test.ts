import { sleep, type IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { errorOf, locator, results, run, worldOf, type World } from '../support/world';
import { membersIn } from './actions/componentGroup.cases';

useFastClock();

let simulator: Simulator;
let world: World;
const DEFAULTS = { latency: 0, groupDescription: 'inside', emptiedGroups: 'kept', groupRemoval: 'either' };
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000, viewers: 10 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset(DEFAULTS);
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const groupId = () => world.componentGroups[0].id;
const group = () => ({ componentGroupId: locator('id', groupId()) });
const path = () => `/pages/${world.pageId}/component-groups/${groupId()}`;
const free = () => world.components.filter(({ group_id }) => group_id === null).map(({ id }) => id);
const members = async (id = groupId()) => membersIn((await simulator.page()).components, id);
const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const named = async (name: string) =>
	Object.values((await simulator.page()).components).filter((row) => row.name === name);
const update = async (updateFields: IDataObject) =>
	await run(world, 'componentGroup update', { ...group(), updateFields });

describe('a rename', () => {
	test('sends the components again, which are read directly before', async () => {
		const before = await members();
		expect(before.length).toBeGreaterThan(1);
		const { items } = await update({ name: 'Renamed' });
		expect(await simulator.calls()).toEqual([`GET ${path()}`, `PATCH ${path()}`]);
		expect(items).toEqual([expect.objectContaining({ name: 'Renamed', components: before, result: 'updated' })]);
		expect(await members()).toEqual(before);
	});

	test('reads the components again if the write was rejected', async () => {
		await simulator.fault({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, match: { method: 'PATCH' } });
		await update({ name: 'Renamed' });
		expect((await simulator.log()).map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET', 'PATCH']);
		expect(await named('Renamed')).toHaveLength(1);
	});

	test('is not sent again if its answer was lost and the group has the new name', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
		const { items } = await update({ name: 'Renamed' });
		expect(items).toEqual([expect.objectContaining({ name: 'Renamed', result: 'updated' })]);
		expect(await writes()).toHaveLength(1);
	});

	test('does not take back a component that another execution moves at the same time', async () => {
		const [moved] = await members();
		await simulator.options({ latency: 200 });
		const renamed = update({ name: 'Renamed' });
		while ((await simulator.log()).length === 0) await sleep(5);
		await results(world, 'component update', {
			componentId: locator('id', moved),
			updateFields: { componentGroupId: '' },
		});
		await renamed;
		expect(await members()).not.toContain(moved);
		expect(await named('Renamed')).toHaveLength(1);
	});

	test('needs the components in the answer, and changes nothing without them', async () => {
		const before = await members();
		for (const fault of [{ drop: ['components'] }, { set: { components: 'abc' } }, { set: { components: [] } }]) {
			await simulator.fault({ kind: 'fields', match: { method: 'GET' }, ...fault });
			const { error } = await update({ name: 'Renamed' });
			expect(error?.message).toContain('without its components');
			expect(error?.description).toContain("'Component Names or IDs'");
		}
		expect(await writes()).toEqual([]);
		await simulator.fault({ kind: 'fields', match: { method: 'GET' }, drop: ['components'] });
		expect((await update({ name: 'Renamed', componentIds: before })).error).toBeUndefined();
		expect(await members()).toEqual(before);
	});
});

describe('the components of a group', () => {
	test('are compared as sets, so another order is no change', async () => {
		const reversed = (await members()).reverse();
		expect((await update({ componentIds: reversed })).items).toEqual([
			expect.objectContaining({ result: 'unchanged' }),
		]);
		expect(await writes()).toEqual([]);
		const sent = [...reversed, free()[0]];
		const { items } = await update({ componentIds: sent });
		expect(items).toEqual([expect.objectContaining({ result: 'updated' })]);
		expect(items[0]).not.toHaveProperty('note');
		expect(await members()).toEqual([...sent].sort());
	});

	test('that are left out stay on the page without a group', async () => {
		const [kept, ...left] = await members();
		await update({ componentIds: [kept] });
		const { components } = await simulator.page();
		expect(left.map((id) => components[id].group_id)).toEqual(left.map(() => null));
	});

	test.each<[string, unknown]>([
		['an empty list', []],
		['an expression with an empty list', '={{ [] }}'],
		['an expression with an empty text', '={{ "" }}'],
		['separators only', ','],
	])('cannot be %s', async (_, componentIds) => {
		const { error } = await run(world, 'componentGroup update', {
			...group(),
			updateFields: { componentIds },
			options: { emptyClears: true },
		});
		expect(error?.message).toBe("'Component Names or IDs' is empty");
		expect(error?.description).toContain("can't be empty. To remove it from the page, use 'Delete'");
		// n8n stops an empty required field before it calls the node.
		const created = await errorOf(world, 'componentGroup create', { name: 'Shops', componentIds } as IDataObject);
		expect(created).toContain('Component Names or IDs');
		expect(await simulator.log()).toEqual([]);
	});

	test('are components of the page, and no groups', async () => {
		for (const entry of [groupId(), world.componentGroups[1].name, 'gone00000001', 'No such name']) {
			const { error } = await update({ componentIds: [free()[0], entry] });
			expect(error?.message).toContain("'Component Names or IDs' contains");
			expect(error?.message).toContain(entry);
		}
		expect(await writes()).toEqual([]);
	});

	test('that Statuspage did not take over are an error that names them', async () => {
		const [first, second] = free();
		await simulator.fault({ kind: 'fields', match: { method: 'POST' }, set: { components: [first, 'other0000001'] } });
		const created = await run(world, 'componentGroup create', { name: 'Shops', componentIds: [first, second] });
		expect(created.error?.message).toMatch(
			new RegExp(`was created, but it does not contain ${second}, and it also contains other0000001$`),
		);
		await simulator.fault({ kind: 'fields', match: { method: 'PATCH' }, set: { components: [first] } });
		expect((await update({ componentIds: [first, second] })).error?.message).toContain(
			`was updated, but it does not contain ${second}`,
		);
	});

	test('leave their previous group, which may be deleted with its last component', async () => {
		await simulator.options({ emptiedGroups: 'deleted' });
		const moved = await members();
		const [created] = await results(world, 'componentGroup create', { name: 'Shops', componentIds: moved });
		expect(await members(String(created.id))).toEqual(moved);
		const rows = await results(world, 'componentGroup delete', { ...group(), options: { ignoreIfMissing: true } });
		expect(rows).toEqual([{ deleted: false, id: groupId() }]);
	});
});

describe('the description', () => {
	test('is kept by a rename, changed by a text and cleared by an empty field', async () => {
		await update({ description: 'Where people buy' });
		await update({ name: 'Renamed' });
		expect(await named('Renamed')).toEqual([expect.objectContaining({ description: 'Where people buy' })]);
		expect((await update({ description: '={{ "" }}' })).error?.message).toBe("'Description' is empty");
		await update({ description: '' });
		expect(await named('Renamed')).toEqual([expect.objectContaining({ description: '' })]);
	});

	test('is reported if Statuspage did not save it', async () => {
		await simulator.options({ groupDescription: 'beside' });
		const parameters = { name: 'Shops', componentIds: [free()[0]], additionalFields: { description: 'Text' } };
		const [created] = await results(world, 'componentGroup create', parameters);
		expect(created.note).toBe('The answer of Statuspage does not contain the description.');
		expect((await update({ description: 'Text' })).items[0].note).toBe(created.note);
	});
});

describe('a create with a lost answer', () => {
	const POST = { method: 'POST' };
	const parameters = () => ({ name: 'Shops', componentIds: free().slice(0, 2), options: { timeout: 1 } });
	test.each<[string, Fault]>([
		['reset', { kind: 'resetAfter', match: POST }],
		['cut body', { kind: 'cut', match: POST }],
		['HTML 502', { kind: 'html', match: POST, after: true }],
		['500', { kind: 'body', match: POST, status: 500, body: { error: 'Oops' } }],
		['success without an ID', { kind: 'fields', match: POST, drop: ['id'] }],
	])('%s after the write: the group exists once, and the output has a note', async (_, fault) => {
		await simulator.fault(fault);
		const [created] = await results(world, 'componentGroup create', parameters());
		expect(created).toMatchObject({ name: 'Shops', note: expect.stringContaining('created once') as string });
		expect(await named('Shops')).toEqual([expect.objectContaining({ id: created.id })]);
		expect(await writes()).toHaveLength(1);
	});

	test('before the write: it is not sent again, and the error says that it was not found', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const { error } = await run(world, 'componentGroup create', parameters());
		expect(error?.description).toContain('It may have been created. It was not found yet');
		expect(await writes()).toHaveLength(1);
	});

	test('does not count as an older group with this name', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const { error } = await run(world, 'componentGroup create', {
			...parameters(),
			name: world.componentGroups[0].name,
			componentIds: await members(),
		});
		expect(error?.description).toContain('It was not found yet');
	});
});

test('a component group is a row in the list of components, and has a name filter of its own', async () => {
	await results(world, 'componentGroup create', { name: 'Shops', componentIds: [free()[0]] });
	const options = { includeComponentGroups: true };
	const listed = await results(world, 'component getMany', { returnAll: true, options });
	expect(listed.filter(({ name }) => name === 'Shops')).toEqual([expect.objectContaining({ group: true })]);
	const found = await results(world, 'componentGroup getMany', { returnAll: true, filters: { name: 'SHOP' } });
	expect(found.map(({ name }) => name)).toEqual(['Shops']);
});

describe('uptime', () => {
	const uptime = async (filters: IDataObject, name = 'componentGroup') =>
		await run(world, `${name} getUptime`, {
			...group(),
			componentId: locator('id', world.components[0].id),
			filters,
		});

	test.each([
		['2026-03-02', '2026-03-01'],
		['2026-04', '2026-03'],
		['2027', '2026-12-31'],
		['2026-03-02', '2026-02'],
	])('from %s to %s is an error before anything is sent', async (start, end) => {
		for (const name of ['component', 'componentGroup'])
			expect((await uptime({ start, end }, name)).error?.message).toBe(
				`'Start' is ${start}, which is after 'End' (${end})`,
			);
		expect(await simulator.log()).toEqual([]);
	});

	test.each([
		['2026-03-31', '2026-03'],
		['2026-03-01', '2026-03-01'],
		['2026', '2026-02'],
	])('from %s to %s is requested', async (start, end) => {
		expect((await uptime({ start, end })).error).toBeUndefined();
		expect((await simulator.log()).at(-1)?.query).toEqual({ start, end });
	});

	test('of another group is not accepted, and an answer without an ID is', async () => {
		await simulator.fault({ kind: 'fields', set: { id: 'other0000001' }, times: 10 });
		expect((await uptime({})).error?.message).toContain('it is about component group other0000001');
		await simulator.clearFaults();
		await simulator.fault({ kind: 'fields', drop: ['id'] });
		expect((await uptime({})).items).toEqual([expect.objectContaining({ uptime_percentage: 99.98 })]);
	});
});

describe('a component leaves its group', () => {
	const leave = async (more: IDataObject = {}) => {
		const [componentId] = await members();
		await simulator.clearLog();
		const outcome = await run(world, 'component update', {
			componentId: locator('id', componentId),
			updateFields: { componentGroupId: '', ...more },
		});
		return {
			...outcome,
			componentId,
			bodies: (await writes()).map(({ body }) => (body as { component?: unknown }).component),
		};
	};
	const word = { group_id: 'null' };

	test.each([
		['either', [{ group_id: null, name: 'New' }]],
		['null', [{ group_id: null, name: 'New' }]],
		['word', [{ group_id: null, name: 'New' }, word]],
		[
			'word-or-error',
			[
				{ group_id: null, name: 'New' },
				{ ...word, name: 'New' },
			],
		],
	])('where Statuspage expects %s', async (groupRemoval, expected) => {
		await simulator.options({ groupRemoval });
		const { error, items, componentId, bodies } = await leave({ name: 'New' });
		expect(error).toBeUndefined();
		expect(bodies).toEqual(expected);
		expect(items).toEqual([expect.objectContaining({ id: componentId, name: 'New', group_id: null })]);
		expect((await simulator.page()).components[componentId]).toMatchObject({ group_id: null, name: 'New' });
	});

	test('another wrong field is reported as such', async () => {
		await simulator.fault({
			kind: 'status',
			times: 2,
			status: 422,
			body: { error: ["Name can't be blank"] },
			match: { method: 'PATCH' },
		});
		const { error } = await leave();
		expect(error?.message).toContain("Name can't be blank");
	});
});
