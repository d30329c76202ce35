import type { IDataObject } from 'n8n-workflow';
import { runNode, type Run, type RunResult } from '../support/engine';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator, type StandIn } from '../support/simulator';
import { publicUrl, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock();
beforeAll(async () => (simulator = await startSimulator({ viewers: 3 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ limit: 100_000, audience: 'kept', closedPages: 'login', publicValidators: 'etag' });
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const OPERATIONS = ['getComponents', 'getIncidents', 'getMaintenances', 'getSummary'];
const fast = { timeout: 1, waitBudget: 1 };

/** Reads a page of the simulator without a credential. The first page has incidents, maintenances and components. */
async function read(
	operation: string,
	subdomain = 'northwind',
	parameters: IDataObject = {},
	more: Partial<Run> = {},
): Promise<RunResult> {
	const given = {
		resource: 'publicPage',
		operation,
		pageAddress: publicUrl(world, subdomain),
		allowLoopback: true,
		...parameters,
	};
	return await runNode({ parameters: given, ...more });
}

const messageOf = async (...given: Parameters<typeof read>) => {
	const { items, error } = await read(...given);
	expect(items).toEqual([]);
	return [error?.message, error?.description].join('. ');
};

describe('the key', () => {
	test.each(OPERATIONS)('%s needs no credential', async (operation) => {
		const { items, error } = await read(operation);
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
	});

	test.each(OPERATIONS)('%s does not use a credential that is there', async (operation) => {
		// A key that would be rejected when the credential is read.
		const { error } = await read(operation, 'northwind', {}, { credential: { ...world.credential, apiKey: '' } });
		expect(error).toBeUndefined();
		const { error: withKey } = await read(operation, 'northwind', {}, { credential: world.credential });
		expect(withKey).toBeUndefined();
		const sent = await simulator.publicLog();
		expect(sent).toHaveLength(2);
		for (const { headers } of sent) {
			expect(headers).toMatchObject({ accept: 'application/json', 'user-agent': 'n8n-nodes-statuspage' });
			expect(JSON.stringify(headers)).not.toContain(simulator.key);
			expect(headers).not.toHaveProperty('authorization');
		}
		expect(await simulator.log()).toEqual([]);
		expect(await simulator.problems()).toEqual([]);
	});

	test('all other resources still need it', async () => {
		await expect(runNode({ parameters: { resource: 'page', operation: 'getMany' } })).resolves.toMatchObject({
			items: [],
			error: { message: expect.stringMatching(/credential/i) as unknown },
		});
	});
});

describe('what is returned', () => {
	test('Get Summary shows components, open incidents and maintenances beside the indicator', async () => {
		const {
			items: [row],
		} = await read('getSummary');
		expect(row).toMatchObject({
			pageId: world.pageId,
			pageName: 'Northwind Status',
			pageUpdatedAt: expect.any(String) as unknown,
			indicator: 'none',
			openIncidents: 3,
			openMaintenances: 2,
		});
		expect((row.incidents as IDataObject[]).map(({ name }) => name)).toEqual([
			'API errors',
			'Slow logins',
			'Delayed mails',
		]);
		expect((row.components as IDataObject[]).every(({ name, groupName }) => name && groupName !== undefined)).toBe(
			true,
		);
	});

	test.each([
		[
			'getIncidents',
			{ incidentList: 'recent' },
			['API errors', 'Slow logins', 'Delayed mails', 'Website outage', 'Old outage'],
		],
		['getIncidents', { incidentList: 'unresolved' }, ['API errors', 'Slow logins', 'Delayed mails']],
		[
			'getMaintenances',
			{ maintenanceList: 'recent' },
			['Database upgrade', 'Network maintenance', 'Certificate renewal'],
		],
		['getMaintenances', { maintenanceList: 'upcoming' }, ['Database upgrade']],
		['getMaintenances', { maintenanceList: 'active' }, ['Network maintenance']],
	])('%s with %j', async (operation, parameters, names) => {
		const { items } = await read(operation, 'northwind', parameters);
		expect(items.map(({ name }) => name)).toEqual(names);
		const raw = await read(operation, 'northwind', { ...parameters, simplify: false });
		expect(raw.items.map(({ name }) => name)).toEqual(names);
		expect(raw.items[0]).toHaveProperty('incident_updates');
	});

	test('Limit and Return All', async () => {
		await simulator.reset({ incidents: 200 });
		const all = await read('getIncidents', 'northwind', { returnAll: true });
		expect(all.items).toHaveLength(50);
		const some = await read('getIncidents', 'northwind', { limit: 3 });
		expect(some.items).toEqual(all.items.slice(0, 3));
		const components = await read('getComponents', 'northwind', { returnAll: true });
		expect(components.items).toHaveLength(40);
		expect(components.items.filter(({ group }) => group)).not.toEqual([]);
	});

	test('Simplify off returns the response of the page', async () => {
		const {
			items: [summary],
		} = await read('getSummary', 'northwind', { simplify: false });
		expect(Object.keys(summary)).toEqual(['page', 'components', 'incidents', 'scheduled_maintenances', 'status']);
		const { items } = await read('getComponents', 'northwind', { simplify: false, returnAll: true });
		expect(items).toEqual(summary.components);
	});

	test('an unknown indicator is not a good one', async () => {
		await simulator.standIn({ subdomain: 'northwind', kind: 'fields', set: { status: { indicator: 'purple' } } });
		const { items } = await read('getSummary');
		expect(items).toMatchObject([{ indicator: 'unknown', indicatorGiven: 'purple', description: null }]);
	});
});

describe('several items', () => {
	test('with the same page share one request per feed, and each gets its rows', async () => {
		const items = Array.from({ length: 30 }, (_, n) => ({ page: n % 2 === 0 ? 'northwind' : 'northwind-public' }));
		const pageAddress = `={{ "${publicUrl(world, '')}" + $json.page }}`;
		const { items: rows, pairedTo } = await read('getSummary', '', { pageAddress }, { items });
		expect(rows.map(({ pageName }) => pageName)).toEqual(
			items.map(({ page }) => (page === 'northwind' ? 'Northwind Status' : 'Northwind Public')),
		);
		expect(pairedTo).toEqual(items.map((_, n) => n));
		expect((await simulator.publicLog()).map(({ subdomain }) => subdomain).sort()).toEqual([
			'northwind',
			'northwind-public',
		]);
	});

	test('a page that cannot be read does not stop the others if the run continues on errors', async () => {
		await simulator.standIn({ subdomain: 'broken', kind: '503' });
		const items = Array.from({ length: 40 }, (_, n) => ({ page: n % 4 === 1 ? 'broken' : 'northwind' }));
		const pageAddress = `={{ "${publicUrl(world, '')}" + $json.page }}`;
		const options = { concurrency: 2 };
		const result = await read('getSummary', '', { pageAddress, options }, { items, onError: 'continueRegularOutput' });
		expect(result.items).toHaveLength(40);
		expect(result.pairedTo).toEqual(items.map((_, n) => n));
		for (const [n, row] of result.items.entries())
			expect(row).toMatchObject(
				n % 4 === 1
					? { error: expect.stringMatching(/is not available \(503\)$/) as unknown, details: { httpCode: '503' } }
					: { indicator: 'none' },
			);
		const counts = (await simulator.publicLog()).map(({ subdomain }) => subdomain);
		// Five tries for all items with the broken page together.
		expect(counts.filter((subdomain) => subdomain === 'broken')).toHaveLength(5);
		expect(counts.filter((subdomain) => subdomain === 'northwind')).toHaveLength(1);
	});

	test('an invalid address is the error of its item, before anything is sent', async () => {
		for (const pageAddress of ['http://status.example.com', '10.0.0.1', 'localhost', 'https://northwind']) {
			const { error, items } = await read('getSummary', '', { pageAddress, allowLoopback: false });
			expect(items).toEqual([]);
			expect(error?.message).toMatch(/^'Page Address' is /);
			expect(error?.description).toMatch(/No request was sent for this item/);
			expect(error?.context).toMatchObject({ itemIndex: 0 });
		}
		const { error } = await read('getSummary', 'northwind', { allowLoopback: false });
		expect(error?.message).toMatch(/only https:\/\/ is supported/);
		expect(await simulator.publicLog()).toEqual([]);
	});
});

describe('pages that are none, or that cannot be read', () => {
	const standIns: Array<[string, Omit<StandIn, 'subdomain'>, RegExp]> = [
		['an HTML page', { kind: 'html' }, /returned an HTML page \("Acme \| Home"\) instead of a status/],
		['an HTML page with 404', { kind: 'html404' }, /has no status API at \/api\/v2\/.* \(404\)/],
		['a moved page', { kind: 'moved' }, /redirects to https:\/\/status\.other\.example\//],
		['a page of incident.io', { kind: 'incidentIo' }, /is hosted on incident\.io, not on Statuspage/],
		['a list of components', { kind: 'componentsOnly' }, /returned a list of components without a page/],
		['a page of Instatus', { kind: 'instatus' }, /is hosted on Instatus, not on Statuspage/],
		['a private, trial or inactive page', { kind: '401' }, /private, is a trial page, or is inactive/],
		['a limited page', { kind: '403' }, /rejected the request \(403\)/],
		['a page that does not exist', { kind: '404' }, /has no status API/],
		['too many requests', { kind: '429' }, /received too many requests from this n8n \(429\)/],
		['a broken page', { kind: '503' }, /is not available \(503\)/],
		['half of a JSON', { kind: 'brokenJson' }, /text that is not valid JSON/],
		['a response that is cut', { kind: 'cut' }, /closed before the whole response arrived/],
		['no response', { kind: 'timeout' }, /did not respond within 1 s/],
		['a response byte by byte', { kind: 'drip' }, /did not respond within 1 s/],
		['a closed connection', { kind: 'reset' }, /closed before the whole response arrived/],
		['a response without an end', { kind: 'huge' }, /is larger than 10 MB/],
		['an empty object', { kind: 'body', body: {} }, /not a complete Statuspage response/],
		['a page without its ID', { kind: 'fields', set: { page: { name: 'X' } } }, /the id of the page .* is missing/],
	];

	test.each(standIns)('%s', async (_, standIn, message) => {
		await simulator.standIn({ subdomain: 'northwind', ...standIn });
		for (const operation of OPERATIONS) {
			const options = standIn.kind === 'timeout' || standIn.kind === 'drip' ? fast : {};
			expect(await messageOf(operation, 'northwind', { options })).toMatch(message);
		}
	});

	test.each([
		['login', /requires a login/],
		['unauthorized', /private, is a trial page, or is inactive/],
	])('a page that is not public (%s)', async (closedPages, message) => {
		await simulator.options({ closedPages });
		for (const operation of OPERATIONS) expect(await messageOf(operation, 'northwind-internal')).toMatch(message);
	});

	test('a host without a server', async () => {
		const pageAddress = 'http://127.0.0.1:9/public/x';
		const message = await messageOf('getSummary', '', { pageAddress });
		expect(message).toMatch(/^127\.0\.0\.1:9\/public\/x cannot be reached: connection refused/);
	});

	test('a page that recovers is read, and a hint says that it was asked again', async () => {
		await simulator.standIn({ subdomain: 'northwind', kind: '503', times: 2 });
		const { items, hints, error } = await read('getSummary');
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(hints.join()).toMatch(/3 requests to Statuspage, .* 2 repeated/);
	});

	test('a cancelled run ends soon', async () => {
		await simulator.standIn({ subdomain: 'northwind', kind: 'timeout' });
		const begin = performance.now();
		const { items } = await read('getSummary', 'northwind', {}, { cancelAfterMs: 200 });
		expect(items).toEqual([]);
		expect(performance.now() - begin).toBeLessThan(3000);
		expect(await simulator.publicLog()).toMatchObject([{ status: 0 }]);
	});
});
