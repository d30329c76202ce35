import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../support/simulator';
import { fetch } from 'undici';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator({ viewers: 3, limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(
	async () => await simulator.reset({ audience: 'kept', publicValidators: 'etag', closedPages: 'login', incidents: 8 }),
);

const FEEDS = [
	'summary.json',
	'status.json',
	'components.json',
	'incidents.json',
	'incidents/unresolved.json',
	'scheduled-maintenances.json',
	'scheduled-maintenances/upcoming.json',
	'scheduled-maintenances/active.json',
];

async function get(feed: string, headers: Record<string, string> = {}, subdomain = 'northwind') {
	const url = `${simulator.url.replace(/\/v1$/, '')}/public/${subdomain}/api/v2/${feed}`;
	const answer = await fetch(url, { redirect: 'manual', headers });
	const text = await answer.text();
	const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
	return {
		status: answer.status,
		headers: answer.headers,
		text,
		body:
			isJson && text !== '' ? (JSON.parse(text) as Record<string, IDataObject[]> & { page: IDataObject }) : undefined,
	};
}

const PAGE_FIELDS = ['id', 'name', 'time_zone', 'updated_at', 'url'];
const fieldsOf = (row: object) => Object.keys(row).sort();

describe('the feeds of a page', () => {
	test.each(FEEDS)('%s contains the page', async (feed) => {
		const { status, body } = await get(feed);
		expect(status).toBe(200);
		expect(fieldsOf(body?.page ?? {})).toEqual(PAGE_FIELDS);
		expect(body?.page.url).toBe('https://northwind.statuspage.io');
	});

	test('show the objects of the Manage API, with the fields that are public', async () => {
		const { body } = await get('summary.json');
		expect(Object.keys(body ?? {})).toEqual(['page', 'components', 'incidents', 'scheduled_maintenances', 'status']);
		const page = await simulator.page();
		expect(body?.components.map(({ id }) => id)).toEqual(Object.keys(page.components));
		const [incident] = body?.incidents ?? [];
		expect(fieldsOf(incident)).toEqual([
			'components',
			'created_at',
			'id',
			'impact',
			'incident_updates',
			'monitoring_at',
			'name',
			'page_id',
			'resolved_at',
			'shortlink',
			'started_at',
			'status',
			'updated_at',
		]);
		expect(fieldsOf(body?.scheduled_maintenances[0] ?? {})).toEqual([
			...fieldsOf(incident).slice(0, 9),
			'scheduled_for',
			'scheduled_until',
			...fieldsOf(incident).slice(9),
		]);
		expect(JSON.stringify(body)).not.toMatch(/metadata|postmortem|impact_override|automation_email/);
	});

	test('divide incidents and maintenances by their state', async () => {
		const names = async (feed: string) => {
			const { body } = await get(feed);
			return (body?.incidents ?? body?.scheduled_maintenances ?? []).map(({ name }) => name);
		};
		expect(await names('incidents.json')).toHaveLength(5);
		expect(await names('incidents/unresolved.json')).toEqual(['API errors', 'Slow logins', 'Delayed mails']);
		expect(await names('scheduled-maintenances.json')).toHaveLength(3);
		expect(await names('scheduled-maintenances/upcoming.json')).toEqual(['Database upgrade']);
		expect(await names('scheduled-maintenances/active.json')).toEqual(['Network maintenance']);
	});

	test('have at most 50 incidents and ignore the page', async () => {
		await simulator.reset({ incidents: 200 });
		const first = await get('incidents.json');
		expect(first.body?.incidents).toHaveLength(50);
		expect((await get('incidents.json?page=2')).text).toBe(first.text);
	});

	test('show a change that the Manage API makes', async () => {
		const { pages } = await simulator.state();
		const [page] = Object.values(pages);
		const before = await get('summary.json');
		expect(before.body?.status).toMatchObject({ indicator: 'none' });
		const component = Object.values(page.components).find(({ group }) => !group);
		await simulator.send('PATCH', `/pages/${page.row.id}/components/${component?.id}`, {
			body: { component: { status: 'major_outage' } },
		});
		const { body } = await get('summary.json');
		expect(body?.status).toEqual({ indicator: 'major', description: 'Partial System Outage' });
		expect(String(body?.page.updated_at) > String(before.body?.page.updated_at)).toBe(true);
	});

	test('are found by the ID of the page too', async () => {
		const { pages } = await simulator.state();
		const [id] = Object.keys(pages);
		expect((await get('status.json', {}, id)).body?.page.id).toBe(id);
	});
});

describe('unchanged feeds', () => {
	test.each(FEEDS)('%s with an ETag', async (feed) => {
		const { headers } = await get(feed);
		const etag = String(headers.get('etag'));
		expect(etag).toMatch(/^W\/"/);
		expect(await get(feed, { 'if-none-match': etag })).toMatchObject({ status: 304, text: '' });
		expect(await get(feed, { 'if-none-match': 'W/"other"' })).toMatchObject({ status: 200 });
	});

	test('with Last-Modified', async () => {
		await simulator.options({ publicValidators: 'last-modified' });
		const { headers } = await get('summary.json');
		const since = String(headers.get('last-modified'));
		expect(headers.get('etag')).toBeNull();
		expect(await get('summary.json', { 'if-modified-since': since })).toMatchObject({ status: 304 });
		const earlier = new Date(Date.parse(since) - 1000).toUTCString();
		expect(await get('summary.json', { 'if-modified-since': earlier })).toMatchObject({ status: 200 });
	});

	test('without validators', async () => {
		const { headers } = await get('summary.json');
		await simulator.options({ publicValidators: 'none' });
		const again = await get('summary.json', { 'if-none-match': String(headers.get('etag')) });
		expect(again.status).toBe(200);
		expect([again.headers.get('etag'), again.headers.get('last-modified')]).toEqual([null, null]);
	});
});

test('a key is a problem', async () => {
	expect(await get('summary.json', { authorization: `OAuth ${simulator.key}` })).toMatchObject({ status: 400 });
	expect(await simulator.problems()).toMatchObject([{ problem: 'a key was sent to a public page' }]);
	expect(await simulator.publicLog()).toMatchObject([{ subdomain: 'northwind', feed: 'summary.json', status: 400 }]);
	await simulator.clearLog();
	expect(await simulator.publicLog()).toEqual([]);
});

test.each([
	['login', 302],
	['unauthorized', 401],
])('pages that are not public (%s) respond with %d', async (closedPages, status) => {
	await simulator.options({ closedPages, audience: 'specific' });
	for (const subdomain of ['northwind', 'northwind-internal'])
		expect(await get('summary.json', {}, subdomain)).toMatchObject({ status });
	expect(await get('summary.json', {}, 'northwind-public')).toMatchObject({ status: 200 });
});

test.each(['other', 'northwind-other'])('there is no page %s', async (subdomain) => {
	expect(await get('summary.json', {}, subdomain)).toMatchObject({ status: 404 });
});

test('there is no feed of another name', async () => {
	expect(await get('subscribers.json')).toMatchObject({ status: 404 });
});

describe('stand-ins', () => {
	test('answer instead of one feed or all, until the next reset', async () => {
		await simulator.standIn({ subdomain: 'northwind', kind: '503', feed: 'status.json', times: 1 });
		await simulator.standIn({ subdomain: 'acme', kind: 'html' });
		expect(await get('summary.json')).toMatchObject({ status: 200 });
		expect(await get('status.json')).toMatchObject({ status: 503 });
		expect(await get('status.json')).toMatchObject({ status: 200 });
		expect(await get('summary.json', {}, 'acme')).toMatchObject({ status: 200, body: undefined });
		await simulator.reset();
		expect(await get('summary.json', {}, 'acme')).toMatchObject({ status: 404 });
	});

	test('of incident.io lack the incidents of the summary, and some feeds', async () => {
		await simulator.standIn({ subdomain: 'acme', kind: 'incidentIo' });
		const statuses = await Promise.all(FEEDS.map(async (feed) => (await get(feed, {}, 'acme')).status));
		expect(statuses).toEqual([200, 200, 200, 200, 404, 404, 404, 404]);
		expect((await get('summary.json', {}, 'acme')).body).not.toHaveProperty('incidents');
	});

	test('have a known kind', async () => {
		await expect(simulator.standIn({ subdomain: 'acme', kind: 'htlm' })).rejects.toThrow(/the kind must be/);
	});
});
