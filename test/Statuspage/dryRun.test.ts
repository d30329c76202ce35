import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';
import { activeSubscriber } from '../support/subscribers';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const GONE = 'gone00000001';
const dryRun = { options: { dryRun: true } };
const ignoring = { options: { dryRun: true, ignoreIfMissing: true } };
const readOnly = () => ({ ...world.credential, readOnly: true });
const nothing = (noun: string) => ({
	dryRun: true,
	would: `do nothing, because the ${noun} does not exist`,
	before: null,
	after: null,
});

describe.each<[string, string, string, (world: World) => IDataObject]>([
	['viewer delete', 'viewer', 'viewerId', ({ viewers }) => ({ id: viewers[0].id, email: viewers[0].email })],
	['viewerGroup delete', 'viewer group', 'viewerGroupId', ({ groups }) => ({ id: groups[0].id, name: groups[0].name })],
	[
		'component delete',
		'component',
		'componentId',
		({ components }) => ({ id: components[0].id, name: components[0].name }),
	],
	[
		'componentGroup delete',
		'component group',
		'componentGroupId',
		({ componentGroups }) => ({ id: componentGroups[0].id, name: componentGroups[0].name }),
	],
])('%s', (name, noun, parameter, objectOf) => {
	test('returns the object with an ID and with a name, also with a read-only credential', async () => {
		const object = objectOf(world);
		const text = String(object.email ?? object.name);
		for (const given of [locator('id', String(object.id)), locator(object.email ? 'email' : 'name', text)]) {
			const rows = await results(world, name, { [parameter]: given, ...dryRun }, { credential: readOnly() });
			expect(rows).toEqual([
				{ dryRun: true, would: `delete ${noun}`, before: expect.objectContaining(object) as unknown, after: null },
			]);
		}
	});

	test('a missing object is an error, or nothing to do with Ignore If Missing', async () => {
		const modes = noun === 'viewer' ? { id: GONE, email: 'nobody@example.com' } : { id: GONE, name: 'No such name' };
		for (const [mode, text] of Object.entries(modes)) {
			const given = { [parameter]: locator(mode as 'id', text) };
			expect((await run(world, name, { ...given, ...dryRun })).error).toBeDefined();
			expect(await results(world, name, { ...given, ...ignoring })).toEqual([nothing(noun)]);
		}
	});

	test('a missing page and a rejected request are errors, also with Ignore If Missing', async () => {
		const given = { [parameter]: locator('id', String(objectOf(world).id)), ...ignoring };
		const { error } = await run(world, name, { ...given, pageId: locator('id', GONE) });
		expect(error?.message).toContain(GONE);
		await simulator.fault({ kind: 'status', status: 403, body: {}, times: 1000 });
		expect((await run(world, name, given)).error?.httpCode).toBe('403');
	});
});

test('the external login of a viewer is an error, because the viewer is not missing', async () => {
	const viewer = world.viewers.find(({ external_login }) => external_login);
	const { error } = await run(world, 'viewer delete', {
		viewerId: locator('id', String(viewer?.external_login)),
		...ignoring,
	});
	expect(error?.message).toContain(`external login of viewer ${viewer?.id}`);
});

describe('with a read-only credential', () => {
	const parameters = { viewerId: locator('email', '={{ $json.email }}'), options: { dryRun: '={{ $json.dryRun }}' } };
	const items = (...flags: boolean[]) =>
		flags.map((flag, index) => ({ email: world.viewers[index].email, dryRun: flag }));

	test('an item that would write is rejected before anything is sent', async () => {
		const { error } = await run(world, 'viewer delete', parameters, {
			credential: readOnly(),
			items: items(false, false, false),
		});
		expect(error).toMatchObject({
			message: expect.stringContaining('The credential is read-only, so no request was sent for this item') as string,
			description: expect.stringContaining("turn on the option 'Dry Run'") as string,
		});
		expect(await simulator.log()).toEqual([]);
	});

	test('only the items without a dry run fail', async () => {
		const { items: done, errorItems } = await run(world, 'viewer delete', parameters, {
			credential: readOnly(),
			items: items(true, false, true),
			onError: 'continueErrorOutput',
		});
		expect(done.map(({ before }) => (before as IDataObject).id)).toEqual([world.viewers[0].id, world.viewers[2].id]);
		expect(errorItems).toEqual([expect.objectContaining({ error: expect.stringContaining('read-only') as string })]);
		// Not even its name was looked up.
		expect(JSON.stringify(await simulator.log())).not.toContain(world.viewers[1].id);
		expect((await simulator.log()).filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});

test('in one run, items in a dry run write nothing and the others are deleted', async () => {
	const given = world.viewers.slice(0, 40).map(({ email }, index) => ({ email, dryRun: index % 2 === 0 }));
	const rows = await results(
		world,
		'viewer delete',
		{ viewerId: locator('email', '={{ $json.email }}'), options: { dryRun: '={{ $json.dryRun }}' } },
		{ items: given },
	);
	expect(rows.map(({ would, deleted }) => would ?? deleted)).toEqual(
		given.map(({ dryRun: isDryRun }) => (isDryRun ? 'delete viewer' : true)),
	);
	const left = Object.keys(Object.values((await simulator.state()).pages)[0].viewers);
	expect(left).toHaveLength(world.viewers.length - 20);
	for (const [index, { id }] of world.viewers.slice(0, 40).entries())
		expect([id, left.includes(id)]).toEqual([id, index % 2 === 0]);
});

test.each<[string, (world: World) => IDataObject]>([
	['componentGroup', ({ componentGroups }) => ({ componentGroupId: locator('id', componentGroups[0].id) })],
	['incident', ({ incidents }) => ({ incidentId: locator('id', incidents[0].row.id) })],
	['metric', ({ metricIds }) => ({ metricId: locator('id', metricIds[0]) })],
	['metricProvider', ({ metricProviderIds }) => ({ metricProviderId: locator('id', metricProviderIds[0]) })],
	['subscriber', (known) => ({ subscriberId: locator('id', activeSubscriber(known).id) })],
	['teamMember', ({ memberId }) => ({ teamMemberId: locator('id', memberId) })],
	['viewerGroup', ({ groups }) => ({ viewerGroupId: locator('id', groups[0].id) })],
])('a deletion of a %s returns the deleted object as its dry run does', async (resource, parametersOf) => {
	const parameters = parametersOf(world);
	const [planned] = await results(world, `${resource} delete`, { ...parameters, ...dryRun });
	const [done] = await results(world, `${resource} delete`, parameters);
	expect(Object.keys(planned.before as object)).toContain('id');
	expect([done.deleted, done.before]).toEqual([true, planned.before]);
});

test.each<[string, (world: World) => IDataObject]>([
	['component', ({ components }) => ({ componentId: locator('id', components[0].id) })],
	['viewer', ({ viewers }) => ({ viewerId: locator('id', viewers[0].id) })],
])('a deletion of a %s returns only its ID, because the answer is empty', async (resource, parametersOf) => {
	const [done] = await results(world, `${resource} delete`, parametersOf(world));
	expect(Object.keys(done)).toEqual(['deleted', 'id']);
});
