import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
});

const POST = { method: 'POST', path: '/page_access_users$' };

async function viewersWith(email: string): Promise<number> {
	return Object.values((await simulator.page()).viewers).filter((viewer) => viewer.email === email).length;
}

describe('a create with a lost answer', () => {
	const afterWrite: Array<[string, Fault]> = [
		['reset', { kind: 'resetAfter', match: POST }],
		['cut body', { kind: 'cut', match: POST }],
		['HTML 502', { kind: 'html', match: POST, after: true }],
		['hang', { kind: 'hang', match: POST, after: true }],
		['500', { kind: 'body', match: POST, status: 500, body: { error: 'Oops' } }],
	];

	test.each(afterWrite)('%s after the write: the viewer exists once, and the output has a note', async (_, fault) => {
		await simulator.fault(fault);
		const [created] = await results(world, 'viewer create', { email: 'new@example.com', options: { timeout: 1 } });
		expect(created).toMatchObject({ email: 'new@example.com', note: expect.stringContaining('created once') });
		expect(await viewersWith('new@example.com')).toBe(1);
		expect((await simulator.log()).filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('reset before the write: the viewer is looked up and then created once', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const [created] = await results(world, 'viewer create', { email: 'new@example.com' });
		expect(created.email).toBe('new@example.com');
		expect(await viewersWith('new@example.com')).toBe(1);
	});

	test('an email that already exists is an error', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const { error } = await run(world, 'viewer create', { email: world.viewers[0].email });
		expect(error?.message).toContain('already');
		expect(error?.httpCode).toBe('409');
	});

	test('of an object without a unique name is not repeated, and the error says that it may have succeeded', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const { error } = await run(world, 'component create', { name: 'Shop' });
		expect(`${error?.message} ${error?.description}`).toMatch(/may have succeeded, so it wasn't repeated/);
		expect((await simulator.log()).filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
});

describe('a listing', () => {
	const faults: Array<[string, Fault]> = [
		['reset', { kind: 'resetBefore' }],
		['reset after the write', { kind: 'resetAfter' }],
		['cut body', { kind: 'cut' }],
		['HTML 502', { kind: 'html' }],
		['HTML 200', { kind: 'html', status: 200 }],
		['hang', { kind: 'hang' }],
		['503', { kind: 'status', status: 503 }],
	];

	test.each(faults)('survives: %s', async (_, fault) => {
		await simulator.fault({ ...fault, skip: 1 });
		const rows = await results(world, 'viewer getMany', { returnAll: true, options: { timeout: 1 } });
		expect(rows.map(({ id }) => id)).toEqual(world.viewers.map(({ id }) => id));
	});
});

test('a delete with a lost answer succeeded if its retry finds nothing', async () => {
	await simulator.fault({ kind: 'resetAfter', match: { method: 'DELETE' } });
	const [row] = await results(world, 'viewer delete', { viewerId: locator('id', world.viewers[0].id) });
	expect(row).toEqual({ deleted: true, id: world.viewers[0].id });
});

test('a delete of a missing viewer is an error, except with Ignore If Missing', async () => {
	const parameters = { viewerId: locator('id', 'nobody') };
	const { error } = await run(world, 'viewer delete', parameters);
	expect(error?.httpCode).toBe('404');
	const options = { ignoreIfMissing: true };
	expect(await results(world, 'viewer delete', { ...parameters, options })).toEqual([{ deleted: false, id: 'nobody' }]);
	const byEmail = { viewerId: locator('email', 'nobody@example.com'), options };
	expect(await results(world, 'viewer delete', byEmail)).toEqual([{ deleted: false, email: 'nobody@example.com' }]);
	const wrongPage = await run(world, 'viewer delete', {
		...parameters,
		options,
		pageId: locator('id', 'nopage000000'),
	});
	expect(wrongPage.error?.httpCode).toBe('404');
});
