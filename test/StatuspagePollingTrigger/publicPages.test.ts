import type { IDataObject } from 'n8n-workflow';
import { credentialFor } from '../support/engine';
import { PollingWorkflow } from '../support/pollingTrigger';
import { startSimulator, type SimulatedPage, type Simulator } from '../support/simulator';

const VENDORS = 19;
const ALL = [
	'componentStatusChanged',
	'incidentCreated',
	'incidentRemoved',
	'incidentResolved',
	'incidentUpdated',
	'indicatorChanged',
	'maintenanceCompleted',
	'maintenanceScheduled',
	'maintenanceStarted',
	'maintenanceUpdated',
	'pageReachable',
	'pageUnreachable',
];

let simulator: Simulator;
let pages: SimulatedPage[];
let workflow: PollingWorkflow;
let count = 0;

beforeAll(async () => {
	simulator = await startSimulator({
		vendors: VENDORS,
		viewers: 5,
		groups: 1,
		members: 1,
		subscribers: 0,
		limit: 100_000,
	});
});
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	pages = Object.values((await simulator.state()).pages).filter(({ row }) =>
		String(row.subdomain).startsWith('vendor-'),
	);
});
afterEach(async () => {
	expect(await simulator.problems()).toEqual([]);
	for (const { headers } of await simulator.publicLog()) expect(headers).not.toHaveProperty('authorization');
});

const addressOf = (name: string) => `${simulator.url.replace(/\/v1$/, '')}/public/${name}`;
const vendor = (number: number) => addressOf(`vendor-${number}`);
const vendors = (...numbers: number[]) => numbers.map(vendor).join('\n');

function watch(pageAddresses: unknown, events: string[] = ALL, more: IDataObject = {}): PollingWorkflow {
	const parameters = { mode: 'publicPages', pageAddresses, events, allowLoopback: true, ...more } as IDataObject;
	return (workflow = new PollingWorkflow(credentialFor(simulator), parameters, `workflow ${++count}`));
}

async function post(number: number, incident: IDataObject): Promise<string> {
	const answer = await simulator.send('POST', `/pages/${pages[number - 1].row.id}/incidents`, { body: { incident } });
	expect(answer.status).toBe(201);
	return ((await answer.json()) as { id: string }).id;
}

async function patch(number: number, path: string, body: IDataObject): Promise<void> {
	const answer = await simulator.send('PATCH', `/pages/${pages[number - 1].row.id}/${path}`, { body });
	expect(answer.status).toBe(200);
}

/** The items as "vendor event". */
const short = (items: IDataObject[]) =>
	items.map(({ pageAddress, event }) => `${String(pageAddress).split('/').at(-1)} ${String(event)}`);

const feeds = async () => (await simulator.publicLog()).map(({ feed, status }) => `${feed} ${status}`).sort();

test('20 pages, three of them broken in different ways: the events of the others come in the same poll, once, also over a restart', async () => {
	const broken = ['gone', 'spa', 'slow'].map(addressOf);
	await simulator.standIn({ subdomain: 'gone', kind: '404' });
	await simulator.standIn({ subdomain: 'spa', kind: 'html' });
	await simulator.standIn({ subdomain: 'slow', kind: 'timeout' });
	const addresses = [...broken, ...Array.from({ length: 17 }, (_, index) => vendor(index + 1))].join('\n');
	watch(addresses, ALL, { options: { timeout: 2 } });
	expect(await workflow.publish()).toEqual([]);

	const first = await post(1, { name: 'API down', status: 'investigating' });
	await post(17, { name: 'Slow', status: 'investigating' });
	const began = performance.now();
	expect(short(await workflow.poll())).toEqual([
		'gone pageUnreachable',
		'spa pageUnreachable',
		'slow pageUnreachable',
		'vendor-1 incidentCreated',
		'vendor-17 incidentCreated',
	]);
	expect(performance.now() - began).toBeLessThan(4000);

	await patch(1, `incidents/${first}`, { incident: { status: 'resolved' } });
	expect(short(await workflow.restart())).toEqual(['vendor-1 incidentResolved']);
	expect(await workflow.poll()).toEqual([]);
	expect(await workflow.restart()).toEqual([]);
}, 30_000);

test('what happens between a poll without items and a crash is told after it, once', async () => {
	watch(vendors(1), ['incidentResolved', 'componentStatusChanged'], { filters: { newStatuses: ['major_outage'] } });
	await workflow.publish();
	const id = await post(1, { name: 'API down', status: 'investigating' });
	expect(await workflow.poll()).toEqual([]);
	expect(workflow.memory).not.toEqual(workflow.saved);
	await patch(1, `incidents/${id}`, { incident: { status: 'resolved' } });
	expect(short(await workflow.restart())).toEqual(['vendor-1 incidentResolved']);
	expect(await workflow.poll()).toEqual([]);
});

test('all events, flat, with all fields', async () => {
	watch(vendors(1));
	await workflow.publish();
	const [component] = Object.values(pages[0].components);
	const incident = await post(1, {
		name: 'API down',
		status: 'investigating',
		body: 'We look',
		component_ids: [component.id],
	});
	const maintenance = await post(1, {
		name: 'Upgrade',
		status: 'scheduled',
		scheduled_for: '2031-03-01T22:00:00Z',
		scheduled_until: '2031-03-02T02:00:00Z',
	});
	await patch(1, `components/${component.id}`, { component: { status: 'major_outage' } });
	const items = await workflow.poll();
	expect(short(items)).toEqual([
		'vendor-1 indicatorChanged',
		'vendor-1 componentStatusChanged',
		'vendor-1 incidentCreated',
		'vendor-1 maintenanceScheduled',
	]);
	const page = {
		pageId: pages[0].row.id,
		pageName: 'Vendor 1',
		pageUrl: 'https://vendor-1.statuspage.io',
		pageAddress: vendor(1),
		pageUpdatedAt: expect.any(String) as string,
	};
	expect(items[0]).toEqual({
		event: 'indicatorChanged',
		...page,
		oldIndicator: 'none',
		newIndicator: 'major',
		indicatorGiven: null,
		description: 'Partial System Outage',
	});
	expect(items[1]).toEqual({
		event: 'componentStatusChanged',
		...page,
		componentId: component.id,
		componentName: 'API',
		componentGroupId: null,
		oldStatus: 'operational',
		newStatus: 'major_outage',
		changedAt: expect.any(String) as string,
	});
	expect(items[2]).toMatchObject({
		...page,
		incidentId: incident,
		incidentName: 'API down',
		oldStatus: null,
		newStatus: 'investigating',
		updateText: 'We look',
		componentNames: ['API'],
		mayHaveMissed: false,
	});

	await patch(1, `incidents/${maintenance}`, { incident: { status: 'in_progress' } });
	await patch(1, `incidents/${incident}`, { incident: { status: 'monitoring' } });
	expect(short(await workflow.poll())).toEqual(['vendor-1 incidentUpdated', 'vendor-1 maintenanceStarted']);
	await patch(1, `incidents/${maintenance}`, { incident: { status: 'verifying' } });
	expect(short(await workflow.poll())).toEqual(['vendor-1 maintenanceUpdated']);
	await patch(1, `incidents/${maintenance}`, { incident: { status: 'completed' } });
	await simulator.send('DELETE', `/pages/${pages[0].row.id}/incidents/${incident}`);
	await workflow.poll();
	expect(short(await workflow.poll())).toEqual(['vendor-1 incidentRemoved']);
});

test('only the addresses that the events need are read, and 304 is not the end of a page', async () => {
	watch(vendors(1));
	await workflow.publish();
	expect(await feeds()).toEqual([
		'incidents.json 200',
		'incidents/unresolved.json 200',
		'scheduled-maintenances.json 200',
		'summary.json 200',
	]);
	await simulator.clearLog();
	expect(await workflow.poll()).toEqual([]);
	expect((await feeds()).every((feed) => feed.endsWith(' 304'))).toBe(true);

	for (const [events, read] of [
		[['indicatorChanged'], ['status.json']],
		[['pageUnreachable'], ['status.json']],
		[['incidentCreated'], ['incidents.json', 'incidents/unresolved.json']],
		[['componentStatusChanged'], ['summary.json']],
		[['maintenanceStarted'], ['scheduled-maintenances.json', 'summary.json']],
	] as const) {
		await simulator.clearLog();
		await watch(vendors(2), [...events]).publish();
		expect((await feeds()).map((feed) => feed.split(' ')[0])).toEqual(read);
	}
});

test('304 for one address and 200 for another: the whole page is compared', async () => {
	watch(vendors(1), ['incidentCreated', 'incidentResolved']);
	await workflow.publish();
	const id = await post(1, { name: 'API down', status: 'investigating' });
	expect(short(await workflow.poll())).toEqual(['vendor-1 incidentCreated']);
	// The list of the newest stays as it was in a cache, so only the other one changes.
	const body = await (await fetch(`${vendor(1)}/api/v2/incidents.json`)).json();
	const etag = (await fetch(`${vendor(1)}/api/v2/incidents.json`)).headers.get('etag') ?? '';
	await simulator.standIn({ subdomain: 'vendor-1', feed: 'incidents.json', kind: '304', headers: { etag }, body });
	await patch(1, `incidents/${id}`, { incident: { status: 'resolved' } });
	await simulator.clearLog();
	expect(await workflow.poll()).toEqual([]);
	expect(await feeds()).toEqual(['incidents.json 304', 'incidents/unresolved.json 200']);
	await simulator.standIn({ subdomain: 'vendor-1', feed: 'incidents.json', kind: 'fields' });
	expect(short(await workflow.poll())).toEqual(['vendor-1 incidentResolved']);
});

test.each(['etag', 'last-modified', 'none'])('no change is overlooked with the header %s', async (publicValidators) => {
	await simulator.options({ publicValidators });
	watch(vendors(1), ['incidentCreated']);
	await workflow.publish();
	for (let round = 0; round < 5; round++) {
		await post(1, { name: `Incident ${round}`, status: 'investigating' });
		expect(short(await workflow.poll())).toEqual(['vendor-1 incidentCreated']);
	}
});

test('Last-Modified is used once it is old enough', async () => {
	await simulator.options({ publicValidators: 'last-modified' });
	watch(vendors(1), ['indicatorChanged']);
	await workflow.publish();
	await workflow.poll();
	expect(await feeds()).toEqual(['status.json 200', 'status.json 304']);
});

test('a redirect to another host is not followed, and the event names the new address', async () => {
	watch(vendors(1), ALL, { options: { unreachableAfter: 1 } });
	await workflow.publish();
	const location = `${vendor(2).replace('127.0.0.1', 'localhost')}/api/v2/summary.json`;
	await simulator.standIn({ subdomain: 'vendor-1', kind: 'moved', location });
	await simulator.clearLog();
	const [item, ...others] = await workflow.poll();
	expect(others).toEqual([]);
	expect(item).toMatchObject({ event: 'pageUnreachable', pageName: 'Vendor 1' });
	expect(item.reason).toContain(location);
	expect((await simulator.publicLog()).map(({ subdomain }) => subdomain)).not.toContain('vendor-2');
});

test.each([
	['html', 'an HTML page ("Acme | Home")'],
	['401', 'without a login (401)'],
	['incidentIo', 'incident.io'],
	['reset', 'closed before'],
	['componentsOnly', 'without a page'],
])(
	'a page that became %s is told once with what was found, and keeps its state',
	async (kind, found) => {
		watch(vendors(1, 2), ALL, { options: { unreachableAfter: 2, timeout: 1 } });
		await workflow.publish();
		await simulator.standIn({ subdomain: 'vendor-1', kind });
		expect(await workflow.poll()).toEqual([]);
		const [item, ...more] = await workflow.poll();
		expect(more).toEqual([]);
		expect(item).toMatchObject({ event: 'pageUnreachable', reason: expect.stringContaining(found) as string });
		expect(await workflow.restart()).toEqual([]);
		await post(1, { name: 'API down', status: 'investigating' });
		await simulator.standIn({ subdomain: 'vendor-1', kind: 'fields' });
		expect(short(await workflow.poll())).toEqual(['vendor-1 pageReachable', 'vendor-1 incidentCreated']);
	},
	30_000,
);

test('a missing list is not an empty one', async () => {
	watch(vendors(1));
	const id = await post(1, { name: 'API down', status: 'investigating' });
	await workflow.publish();
	await simulator.standIn({
		subdomain: 'vendor-1',
		feed: 'incidents.json',
		kind: 'fields',
		drop: ['incidents'],
		times: 1,
	});
	expect(await workflow.poll()).toEqual([]);
	await patch(1, `incidents/${id}`, { incident: { status: 'resolved' } });
	expect(short(await workflow.poll())).toEqual(['vendor-1 incidentResolved']);
});

test('more new incidents than a page shows: the items and the log say so', async () => {
	watch(vendors(1), ['incidentCreated']);
	await post(1, { name: 'First', status: 'resolved' });
	await workflow.publish();
	for (let index = 0; index < 51; index++) await post(1, { name: `Incident ${index}`, status: 'investigating' });
	const items = await workflow.poll();
	expect(items).toHaveLength(50);
	expect(items.every(({ mayHaveMissed }) => mayHaveMissed === true)).toBe(true);
	expect(workflow.warnings).toEqual([expect.stringContaining('may have been missed')]);
});

test('a poll that starts while another one runs returns at once', async () => {
	watch(vendors(1), ['incidentCreated'], { options: { timeout: 1 } });
	await workflow.publish();
	await post(1, { name: 'API down', status: 'investigating' });
	await simulator.options({ latency: 300 });
	const [first, second] = await Promise.all([workflow.poll(), workflow.poll()]);
	await simulator.options({ latency: 0 });
	expect([short(first), short(second)]).toEqual([['vendor-1 incidentCreated'], []]);
	await post(1, { name: 'Again', status: 'investigating' });
	expect(short(await workflow.poll())).toEqual(['vendor-1 incidentCreated']);
});

test('equal addresses are read once', async () => {
	watch([vendor(1), `${vendor(1)}/`, `${vendor(1)}/api/v2/summary.json`], ['indicatorChanged']);
	await workflow.publish();
	expect(await feeds()).toEqual(['status.json 200']);
});

test.each([
	['status.example.com, http://other.example.com', 'The entry "http://other.example.com" is'],
	['10.0.0.1', 'The entry "10.0.0.1" is'],
	['', "'Page Addresses' is empty"],
	[Array.from({ length: 101 }, (_, index) => `v${index}.example.com`), 'contains 101 pages'],
])('an invalid list of addresses stops before anything is sent: %#', async (addresses, message) => {
	await expect(watch(addresses).publish()).rejects.toThrow(message);
	expect(await simulator.publicLog()).toEqual([]);
});

test('a manual run shows what is there now, and changes no state', async () => {
	watch([vendor(1), addressOf('gone')].join(','), ['incidentCreated', 'incidentResolved', 'indicatorChanged']);
	await workflow.publish();
	await post(1, { name: 'API down', status: 'investigating' });
	const { saved } = workflow;
	const items = await workflow.sample();
	expect(items.every(({ isSample }) => isSample === true)).toBe(true);
	expect(items).toEqual([
		expect.objectContaining({ event: 'incidentCreated', incidentName: 'API down', pageAddress: vendor(1) }),
		expect.objectContaining({ event: 'incidentResolved', note: expect.stringContaining('nothing now') as string }),
		expect.objectContaining({ event: 'indicatorChanged', newIndicator: 'none' }),
		expect.objectContaining({ event: 'pageReachable', pageAddress: vendor(1) }),
		expect.objectContaining({ event: 'pageUnreachable', reason: expect.stringContaining('404') as string }),
	]);
	expect(workflow.saved).toEqual(saved);
	expect(short(await workflow.poll())).toEqual(['vendor-1 incidentCreated']);
});

test('Raw adds what the page returned', async () => {
	watch(vendors(1), ['incidentCreated', 'indicatorChanged'], { options: { raw: true } });
	await workflow.publish();
	const id = await post(1, { name: 'API down', status: 'investigating' });
	const [item] = await workflow.poll();
	expect(item.raw).toMatchObject({ id, shortlink: expect.any(String) as string });
});
