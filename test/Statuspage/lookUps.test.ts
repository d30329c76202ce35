import type { IHttpRequestOptions } from 'n8n-workflow';
import { prefetchViewers } from '../../nodes/Statuspage/actions/prefetchViewers';
import type { StatuspageInput } from '../../nodes/Statuspage/actions/statuspageInput';
import type { StatuspageOperation } from '../../nodes/Statuspage/actions/statuspageOperation';
import { StatuspageApi } from '../../nodes/services/statuspage/statuspageApi';
import { FakeClock } from '../support/fakeClock';
import { connectionTo } from '../support/fakeService';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset();
	await simulator.options({ limit: 100_000 });
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const emails = (from: number, to: number) => world.viewers.slice(from, to).map(({ email }) => ({ email }));
const fresh = (count: number) => Array.from({ length: count }, (_, index) => ({ email: `fresh${index}@example.com` }));
const byEmail = { viewerId: locator('email', '={{ $json.email }}') };

/** The number of requests by kind. */
async function requests(): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { method, query } of await simulator.log()) {
		const kind = method === 'GET' ? (query.email ? 'searches' : 'pages') : method;
		counts[kind] = (counts[kind] ?? 0) + 1;
	}
	return counts;
}

test('Create or Update does not search for emails that the whole list does not contain', async () => {
	const items = [...emails(0, 30), ...emails(240, 250), ...fresh(5)];
	const rows = await results(world, 'viewer upsert', { email: '={{ $json.email }}' }, { items });
	expect(rows.map(({ result }) => result)).toEqual([...Array(40).fill('unchanged'), ...Array(5).fill('created')]);
	expect(await requests()).toEqual({ pages: 3, POST: 5 });
});

test('a missing email is searched once after the whole list was read', async () => {
	const items = [...emails(0, 30), ...emails(240, 250), ...fresh(2)];
	const { items: rows } = await run(world, 'viewer get', byEmail, { items, onError: 'continueRegularOutput' });
	expect(rows.map(({ error }) => error !== undefined)).toEqual([...Array(40).fill(false), true, true]);
	expect(rows[41].error).toContain('All viewers of the page were read');
	expect(await requests()).toEqual({ pages: 3, searches: 2 });
});

test('a quick look-up needs no search after the whole list was read', async () => {
	const items = [...emails(0, 30), ...emails(240, 250), ...fresh(2)];
	const options = { lookUp: 'quick' };
	const rows = await results(world, 'viewer get', { ...byEmail, options }, { items });
	expect(rows.slice(40)).toMatchObject([{ notFoundBySearch: true }, { notFoundBySearch: true }]);
	expect(await requests()).toEqual({ pages: 3 });
});

test('a viewer that the list has missed is found by the search', async () => {
	// The third page is empty, as if its viewers had moved to the second one.
	await simulator.fault({ kind: 'body', match: { path: 'page_access_users$' }, body: [], skip: 2, times: 1 });
	const items = [...emails(0, 40), ...emails(240, 250)];
	const rows = await results(world, 'viewer get', { ...byEmail, options: { concurrency: 1 } }, { items });
	expect(rows.map(({ email }) => email)).toEqual(items.map(({ email }) => email));
	expect(await requests()).toEqual({ pages: 3, searches: 10 });
});

test('an email that two viewers have does not affect the look-up of others', async () => {
	const [first, second] = world.viewers;
	await simulator.options({ takenEmails: 'same-case' });
	await simulator.send('POST', `/pages/${world.pageId}/page_access_users`, {
		body: { page_access_user: { email: first.email.toUpperCase() } },
	});
	await simulator.clearLog();
	const items = [first, second, ...world.viewers.slice(200, 240)].map(({ email }) => ({ email }));
	const { items: rows } = await run(world, 'viewer get', byEmail, { items, onError: 'continueRegularOutput' });
	expect(rows[0].error).toContain('2 viewers on this page');
	expect(rows.slice(1).map(({ email }) => email)).toEqual(items.slice(1).map(({ email }) => email));
});

test('the first request does not wait for the emails of all items', async () => {
	const clock = new FakeClock();
	let evaluated = 0;
	let evaluatedAtFirst: number | undefined;
	const send = async ({ qs }: IHttpRequestOptions) => {
		evaluatedAtFirst ??= evaluated;
		const viewer = (index: number) => ({
			id: `viewer${index}`,
			email: `p${index}@example.com`,
			page_access_group_ids: [],
		});
		return { statusCode: 200, headers: {}, body: qs?.page === 1 ? [viewer(0), viewer(1)] : [] };
	};
	const api = new StatuspageApi(connectionTo(clock, send));
	const inputs = Array.from({ length: 40 }, (_, index) => ({ api, pageId: async () => 'page', index }));
	const operation = {
		viewerEmail: (input: unknown) => {
			evaluated++;
			return `p${(input as { index: number }).index}@example.com`;
		},
		fields: [],
	};
	await clock.finish(
		prefetchViewers(operation as unknown as StatuspageOperation, inputs as unknown as StatuspageInput[]),
	);
	expect(evaluated).toBe(40);
	expect(evaluatedAtFirst).toBeLessThan(20);
	expect(api.connection.report.requests).toBe(1);
});
