import { startSimulator, type Simulator } from '../support/simulator';
import { locator, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ latency: 30, limit: 100_000 });
	world = await worldOf(simulator);
});

const people = (count: number) => Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
const create = { email: '={{ $json.email }}' };

/** Highest number of concurrent requests, estimated from the latency. */
async function maxConcurrency(of = 'POST'): Promise<number> {
	const times = (await simulator.log()).filter(({ method }) => method === of).map(({ at }) => at);
	return Math.max(...times.map((time) => times.filter((other) => other > time - 25 && other <= time).length));
}

test('items run concurrently, and the output keeps their order', async () => {
	const { items, pairedTo } = await run(world, 'viewer create', create, { items: people(60) });
	expect(items.map(({ email }) => email)).toEqual(people(60).map(({ email }) => email));
	expect(pairedTo).toEqual(people(60).map((_, index) => index));
	expect(await maxConcurrency()).toBeGreaterThan(5);
	expect(await maxConcurrency()).toBeLessThanOrEqual(20);
});

test('Concurrency limits the number of concurrent items', async () => {
	await run(world, 'viewer create', { ...create, options: { concurrency: 1 } }, { items: people(5) });
	expect(await maxConcurrency()).toBe(1);
});

describe('Concurrency also limits reads', () => {
	const cases: Array<[string, Parameters<typeof run>[2]]> = [
		['viewer getMany', { returnAll: true }],
		['access getReport', {}],
		['access planOffboarding', { email: '={{ $json.email }}' }],
		['access planSync', { email: '={{ $json.email }}', scope: 'add' }],
	];
	test.each(cases)('of %s', async (name, parameters) => {
		await simulator.reset({ latency: 30, limit: 100_000, viewers: 950, members: 10 });
		world = await worldOf(simulator);
		const items = world.viewers.slice(0, 5).map(({ email }) => ({ email }));
		for (const concurrency of [4, 1]) {
			await simulator.clearLog();
			const options = { concurrency, directComponents: false, capPercent: 100 };
			await run(world, name, { ...parameters, options }, { items: name === 'viewer getMany' ? [{}] : items });
			const most = await maxConcurrency('GET');
			expect(most).toBeLessThanOrEqual(concurrency);
			if (concurrency > 1) expect(most).toBeGreaterThan(1);
		}
	});
});

test('writes to one object keep the order of the items, by ID and by email', async () => {
	const [viewer] = world.viewers;
	const items = Array.from({ length: 12 }, (_, index) => ({
		login: `login${index}`,
		by: index % 3 === 0 ? viewer.email : viewer.id,
	}));
	const { error } = await run(
		world,
		'viewer update',
		{ viewerId: locator('id', '={{ $json.by }}'), updateFields: { externalLogin: '={{ $json.login }}' } },
		{ items },
	);
	expect(error).toBeUndefined();
	const sent = (await simulator.log())
		.filter(({ method }) => method === 'PATCH')
		.map(({ body }) => (body as { page_access_user: { external_login: string } }).page_access_user.external_login);
	expect(sent).toEqual(items.map(({ login }) => login));
});

test('one email in many items is created once', async () => {
	const items = Array.from({ length: 10 }, (_, index) => ({
		email: index % 2 === 0 ? 'same@example.com' : 'SAME@example.com',
	}));
	const { items: rows } = await run(world, 'viewer upsert', create, { items });
	expect(rows.map(({ result }) => result)).toEqual(['created', ...Array(9).fill('unchanged')]);
});

test('a wrong key is sent once, although many items run concurrently', async () => {
	await run(world, 'viewer create', create, {
		items: people(30),
		credential: { ...world.credential, apiKey: 'wrong' },
		onError: 'continueRegularOutput',
	});
	expect(await simulator.log()).toHaveLength(1);
});

test('without Continue, the error names the items that were processed', async () => {
	const items = [...people(3), { email: 'nobody' }, ...people(40).slice(4)];
	const { error } = await run(world, 'viewer create', create, { items });
	expect(error?.context).toMatchObject({ itemIndex: 3 });
	const created = Object.values((await simulator.page()).viewers).filter(({ email }) => /^p\d+@/.test(email)).length;
	const [, first, last] = /Items already processed: (\d+)–(\d+)/.exec(error?.description ?? '') ?? [];
	expect(Number(first)).toBe(0);
	expect(created).toBeGreaterThanOrEqual(Number(last) - Number(first) + 1);
	expect(created).toBeLessThan(30);
});

test('cancelling stops all running items', async () => {
	await simulator.options({ latency: 0 });
	await simulator.fault({ kind: 'status', status: 429, times: 100, headers: { 'retry-after': '30' } });
	const startedAt = performance.now();
	await run(world, 'viewer create', create, { items: people(30), cancelAfterMs: 500 });
	expect((performance.now() - startedAt) / 1000).toBeLessThan(2);
});
