/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from 'n8n-workflow';
import { credentialFor } from '../support/engine';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, run, worldOf, type World } from '../support/world';

const AWAY_MS = 2500;
/** Items that are worked on at the same time: the default of 'Concurrency'. */
const AT_ONCE = 20;
/** More probes than fit into the time away: half of 0.5 s, 1 s, 2 s at least. */
const PROBES = 5;

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ viewers: 500, limit: 100_000 })));
afterAll(async () => await simulator.stop());

/** Waits until the simulator listens again. */
async function untilBack(): Promise<void> {
	while (!(await simulator.stats().catch(() => undefined))) await sleep(200);
}

beforeEach(async () => {
	await untilBack();
	await simulator.reset({ viewers: 500, limit: 100_000, latency: 20 });
	world = await worldOf(simulator);
});

/** Ways in which a service is away from its 5th or 30th request on. */
const ways: Array<[string, Fault]> = [
	['closes its port', { kind: 'gone' }],
	['resets all connections', { kind: 'resetBefore' }],
	['does its work, but resets all connections', { kind: 'resetAfter' }],
	['answers everything with 503', { kind: 'status', status: 503 }],
];

describe.each(ways)('a service that %s for a while', (_, fault) => {
	const begin = async (skip: number) => await simulator.fault({ ...fault, skip, forMs: AWAY_MS });

	test('delays a list, which is complete', async () => {
		await begin(3);
		const { items, error } = await run(world, 'viewer getMany', { returnAll: true });
		expect(error).toBeUndefined();
		expect(items.map(({ id }) => id)).toEqual(world.viewers.map(({ id }) => id));
	});

	test('delays creates, and each viewer is created once', async () => {
		await begin(30);
		const items = Array.from({ length: 80 }, (__, index) => ({ email: `new${index}@example.com` }));
		const result = await run(world, 'viewer create', { email: '={{ $json.email }}' }, { items });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ email }) => email)).toEqual(items.map(({ email }) => email));
		const emails = Object.values((await simulator.page()).viewers).map(({ email }) => email);
		expect(emails).toHaveLength(580);
		expect(new Set(emails).size).toBe(580);
		const requests = Number(/^\d+/.exec(result.hints[0])?.[0]);
		// One look-up and one create for each that was on the wire, and for each probe.
		expect(requests).toBeLessThanOrEqual(80 + 2 * (AT_ONCE + PROBES));
	});

	test('delays deletes, and each viewer is deleted', async () => {
		await begin(30);
		const gone = world.viewers.slice(0, 80);
		const items = gone.map(({ id }) => ({ id }));
		const result = await run(world, 'viewer delete', { viewerId: locator('id', '={{ $json.id }}') }, { items });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual(items.map(({ id }) => ({ deleted: true, id })));
		expect(Object.keys((await simulator.page()).viewers)).toHaveLength(420);
		const requests = Number(/^\d+/.exec(result.hints[0])?.[0]);
		// A delete that was done without an answer is confirmed by reading the page.
		expect(requests).toBeLessThanOrEqual(80 + 2 * (AT_ONCE + PROBES));
	});
});

test('a service that stays away fails all items at the end of the time, and each item says whether it may have been sent', async () => {
	await simulator.fault({ kind: 'gone', skip: 30, forMs: 10_000 });
	const items = Array.from({ length: 300 }, (_, index) => ({ email: `new${index}@example.com` }));
	const startedAt = performance.now();
	const { items: rows } = await run(
		world,
		'viewer create',
		{ email: '={{ $json.email }}', options: { waitBudget: 3 } },
		{ items, onError: 'continueRegularOutput' },
	);
	expect((performance.now() - startedAt) / 1000).toBeLessThan(8);
	await untilBack();
	const created = new Set(Object.values((await simulator.page()).viewers).map(({ email }) => email));
	const failed = rows.flatMap((row, index) => ('error' in row ? [{ text: JSON.stringify(row), index }] : []));
	expect(failed.length).toBeGreaterThan(250);
	for (const { text, index } of failed) {
		const isOpen = /may have been created|may have succeeded/.test(text);
		if (created.has(`new${index}@example.com`)) expect(text).toMatch(/may have been created|may have succeeded/);
		if (!isOpen) expect(text).toMatch(/Statuspage was not available for \d s \(connection refused\)/);
	}
});

test('a run whose first request gets no answer fails after a few tries', async () => {
	await simulator.fault({ kind: 'gone', forMs: 15_000 });
	const startedAt = performance.now();
	const { error } = await run(world, 'viewer getMany');
	const seconds = (performance.now() - startedAt) / 1000;
	expect(error?.message).toMatch(
		/Could not reach Statuspage to read the viewers of page \w+: connection refused \(5 attempts\)/,
	);
	expect(error?.description).toMatch(/No request was sent|Try again later/);
	expect(seconds).toBeLessThan(10);
});

test('a cancelled run names the items that were sent, but not answered', async () => {
	await simulator.fault({ kind: 'hang', match: { method: 'POST' }, skip: 2, times: 100, after: true });
	const items = Array.from({ length: 8 }, (_, index) => ({ email: `new${index}@example.com` }));
	const options = { concurrency: 2 };
	const { error } = await run(
		world,
		'viewer create',
		{ email: '={{ $json.email }}', options },
		{ items, cancelAfterMs: 2000 },
	);
	expect(error?.description).toContain('Items already processed: 0–1');
	expect(error?.description).toContain('Items that were sent, but not answered: 2–3. They may have been processed');
});

test('a response that never ends is cut off at the time limit, and its connection is closed', async () => {
	const closed: number[] = [];
	const server = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const drip = async () => {
			while (!response.destroyed) {
				response.write(' ');
				await sleep(100);
			}
			closed.push(performance.now());
		};
		void drip();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const credential = credentialFor(simulator, { baseUrl: `http://127.0.0.1:${port}/v1` });
	const startedAt = performance.now();
	const parameters = { name: 'Shop', options: { timeout: 1 } };
	const { error } = await run(world, 'component create', parameters, { credential });
	expect((performance.now() - startedAt) / 1000).toBeLessThan(5);
	expect(error?.message).toMatch(/No response from Statuspage .* no response in time/);
	await sleep(500);
	expect(closed).toHaveLength(1);
	server.close();
});
