import { credentialFor, type Credential } from '../support/engine';
import { startSimulator, type Simulator } from '../support/simulator';
import { run, worldOf, type World } from '../support/world';

const WINDOW_SECONDS = 2;

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator({ viewers: 0, window: WINDOW_SECONDS, limit: 60 })));
afterAll(async () => await simulator.stop());

/** Each test has its own page and key, so it has its own rate limit window. */
async function fresh(
	key: string,
	options: Record<string, string | number> = {},
): Promise<{ world: World; credential: Credential }> {
	const settings = { viewers: 0, limit: 60, windowSeconds: WINDOW_SECONDS, retryAfter: 'seconds', ...options };
	await simulator.reset({ ...settings, keys: ['simulator-key', key] });
	const credential = credentialFor(simulator, {
		apiKey: key,
		requestsPerMinute: 60,
		rateWindowSeconds: settings.windowSeconds,
	});
	return { world: await worldOf(simulator), credential };
}

async function create(world: World, credential: Credential, count: number) {
	const items = Array.from({ length: count }, (_, index) => ({ email: `person${index}@example.com` }));
	const startedAt = performance.now();
	const result = await run(world, 'viewer create', { email: '={{ $json.email }}' }, { items, credential });
	return { ...result, seconds: (performance.now() - startedAt) / 1000 };
}

describe('200 creates with a window of 60', () => {
	test('all succeed within the 18 s that a window of 6 s requires and one window more, with at most 2 rejections', async () => {
		const { world, credential } = await fresh('exact', { windowSeconds: 6 });
		const { items, error, seconds, hints } = await create(world, credential, 200);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(200);
		expect((await simulator.stats()).rejections).toBeLessThanOrEqual(2);
		// 60 at once and three more windows for the rest. The window takes the time, not this machine.
		expect(seconds).toBeGreaterThanOrEqual(18);
		expect(seconds).toBeLessThan(18 + 6);
		expect(hints).toEqual([
			expect.stringMatching(/^200 requests to Statuspage, \d+ rejected by its rate limit, \d+ s waited$/),
		]);
	});

	test.each(['seconds', 'date', 'none'])(
		'are all done when the service allows 30, with Retry-After: %s',
		async (retryAfter) => {
			const { world, credential } = await fresh(`half ${retryAfter}`, { limit: 30, retryAfter });
			const { items, error } = await create(world, credential, 120);
			expect(error).toBeUndefined();
			expect(items).toHaveLength(120);
			expect(Object.keys((await simulator.page()).viewers)).toHaveLength(120);
		},
	);
});

const SHARED = /turn on 'Shared With Other Processes' in the credential/;

test.each([
	['off', 30, 1],
	['on', 30, 0],
	['off', 60, 0],
])(
	'with Shared With Other Processes %s and %d requests left by others, hints name the switch %d times',
	async (isShared, limit, times) => {
		const { world, credential } = await fresh(`shared ${isShared} ${limit}`, { limit });
		const changed = { ...credential, isShared: isShared === 'on' };
		const { items, hints } = await create(world, changed, 50);
		expect(items).toHaveLength(50);
		expect(hints.filter((hint) => SHARED.test(hint))).toHaveLength(times);
	},
);

test('with Shared With Other Processes on, a run starts with half of the limit', async () => {
	const { world, credential } = await fresh('half at first', { limit: 60, windowSeconds: 4 });
	await simulator.clearLog();
	const { items } = await create(world, { ...credential, isShared: true }, 50);
	expect(items).toHaveLength(50);
	const log = (await simulator.log()).filter(({ method }) => method === 'POST');
	expect(log.filter(({ at }) => at < log[0].at + 1000)).toHaveLength(30);
});

test('two executions with one key share one window', async () => {
	const { world, credential } = await fresh('shared');
	const emails = (name: string) => Array.from({ length: 50 }, (_, index) => ({ email: `${name}${index}@example.com` }));
	const both = await Promise.all(
		['a', 'b'].map(
			async (name) =>
				await run(world, 'viewer create', { email: '={{ $json.email }}' }, { items: emails(name), credential }),
		),
	);
	expect(both.map(({ items }) => items.length)).toEqual([50, 50]);
	expect((await simulator.stats()).rejections).toBe(0);
});

test('a single delete waits at most one window during a bulk run', async () => {
	const { world, credential } = await fresh('leaver');
	const bulk = create(world, credential, 180);
	await simulator.stats();
	const startedAt = performance.now();
	const leaver = await run(world, 'viewer create', { email: 'leaver@example.com' }, { credential });
	const seconds = (performance.now() - startedAt) / 1000;
	expect(leaver.error).toBeUndefined();
	expect(seconds).toBeLessThan(2 * WINDOW_SECONDS);
	expect((await bulk).items).toHaveLength(180);
});

test('a run with only rejections stops with the wait time and the processed items', async () => {
	const { world, credential } = await fresh('rejected');
	const body = { error: 'Slow down' };
	await simulator.fault({ kind: 'status', status: 420, skip: 2, times: 1000, body, headers: { 'retry-after': '1' } });
	const items = ['a', 'b', 'c', 'd'].map((name) => ({ email: `${name}@example.com` }));
	const { error } = await run(
		world,
		'viewer create',
		{ email: '={{ $json.email }}', options: { waitBudget: 2 } },
		{ items, credential },
	);
	expect(error?.message).toMatch(/rate limit/i);
	expect(error?.message).toMatch(/\d s/);
	expect(error?.description).toContain('Items already processed: 0–1');
	expect(error?.httpCode).toBe('420');
});

test('cancelling during a wait of 30 s takes at most a second', async () => {
	const { world, credential } = await fresh('cancelled');
	await simulator.fault({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
	const startedAt = performance.now();
	await run(world, 'viewer create', { email: 'a@example.com' }, { credential, cancelAfterMs: 500 });
	expect((performance.now() - startedAt) / 1000).toBeLessThan(1.5);
	expect((await simulator.stats()).requests).toBe(1);
});
