/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from '../support/simulator';
import { worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
let receiver: Server;
let endpoint: string;
/** The received bodies, and the status codes of the next answers; 200 if there is none. */
let bodies: Array<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any
let answers: number[];

beforeAll(async () => {
	simulator = await startSimulator({ viewers: 5 });
	receiver = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			bodies.push(JSON.parse(body) as Record<string, unknown>);
			response.writeHead(answers.shift() ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
	await simulator.stop();
	receiver.closeAllConnections();
	receiver.close();
});
beforeEach(async () => {
	[bodies, answers] = [[], []];
	await simulator.reset({
		webhookRetryMs: 20,
		webhookShape: 'current',
		webhookOnEdit: 'silent',
		newWebhooks: 'active',
		webhookDelivery: 'on',
		limit: 100_000,
	});
	world = await worldOf(simulator);
});

async function send(method: string, path: string, body?: object): Promise<{ status: number; body: { id: string } }> {
	const answer = await simulator.send(method, `/pages/${world.pageId}${path}`, { body });
	return { status: answer.status, body: (await answer.json()) as { id: string } };
}
const subscribe = async (extra: object = {}) =>
	await send('POST', '/subscribers', { subscriber: { endpoint, ...extra } });
const createIncident = async (extra: object = {}) =>
	(await send('POST', '/incidents', { incident: { name: 'Outage', ...extra } })).body.id;
const stateOf = async (id: string) => (await simulator.page()).subscribers[id].state;

test('an incident and its components are posted, with all updates', async () => {
	const { id: subscriberId } = (await subscribe()).body;
	const [{ id: componentId }] = world.components;
	const id = await createIncident({ components: { [componentId]: 'major_outage' } });
	await simulator.delivered();
	await send('PATCH', `/incidents/${id}`, { incident: { status: 'resolved' } });
	await simulator.delivered();
	expect(bodies).toHaveLength(3);
	const [resolved] = bodies.filter(({ incident }) => incident?.status === 'resolved');
	expect(resolved).toMatchObject({
		meta: { unsubscribe: expect.stringContaining(`unsubscribe=${subscriberId}`) },
		page: { id: world.pageId, status_indicator: 'critical' },
		incident: { id, incident_updates: [{ status: 'resolved' }, { status: 'investigating' }], metadata: {} },
	});
	expect(resolved.incident).not.toHaveProperty('postmortem_body');
	expect(bodies.find(({ component }) => component)).toMatchObject({
		component: { id: componentId, status: 'major_outage' },
		component_update: { component_id: componentId, old_status: 'operational', new_status: 'major_outage' },
	});
});

test('old posts have other fields', async () => {
	await simulator.options({ webhookShape: 'old' });
	await subscribe();
	await createIncident();
	await simulator.delivered();
	expect(bodies[0].incident).toMatchObject({ postmortem_body: null, backfilled: false });
	expect(bodies[0].incident).not.toHaveProperty('metadata');
});

test.each<[string, object, () => Promise<unknown>]>([
	['an update that notifies nobody', {}, async () => await createIncident({ deliver_notifications: false })],
	[
		'a change without an update',
		{},
		async () => await send('PATCH', `/incidents/${world.incidents[0].row.id}`, { incident: { metadata: {} } }),
	],
	[
		'an incident of other components',
		{ component_ids: () => [world.components[0].id] },
		async () => await createIncident({ component_ids: [world.components[1].id] }),
	],
	[
		'a new name of a component',
		{},
		async () => await send('PATCH', `/components/${world.components[0].id}`, { component: { name: 'New' } }),
	],
	['a deleted incident', {}, async () => await send('DELETE', `/incidents/${world.incidents[0].row.id}`)],
])('%s is not posted', async (_, extra, work) => {
	const fields = Object.fromEntries(Object.entries(extra).map(([name, value]) => [name, (value as () => unknown)()]));
	expect((await subscribe(fields)).status).toBe(201);
	await work();
	expect(await simulator.deliveries()).toEqual([]);
});

test.each([
	['silent', 1],
	['sent', 2],
])('with the option %s, an edited update makes %i posts', async (webhookOnEdit, count) => {
	await simulator.options({ webhookOnEdit });
	await subscribe();
	const id = await createIncident();
	const [update] = (await simulator.page()).incidents[id].updates;
	await send('PATCH', `/incidents/${id}/incident_updates/${update.id}`, { incident_update: { body: 'Edited' } });
	await simulator.delivered();
	expect(bodies).toHaveLength(count);
});

test('a failed post is repeated with the same body', async () => {
	await subscribe();
	answers = [500, 404];
	await createIncident();
	const [{ attempts, state }] = await simulator.delivered();
	expect([attempts.map(({ status }) => status), state]).toEqual([[500, 404, 200], 'delivered']);
	expect(bodies[1]).toEqual(bodies[0]);
	expect(bodies[2]).toEqual(bodies[0]);
});

test('ten failures in a row quarantine the subscriber, and it gets posts again after it was reactivated', async () => {
	const { id } = (await subscribe()).body;
	answers = Array<number>(10).fill(302);
	await createIncident();
	expect((await simulator.delivered())[0].attempts).toHaveLength(10);
	expect(await stateOf(id)).toBe('quarantined');
	await createIncident();
	expect(await simulator.deliveries()).toHaveLength(1);
	await simulator.send('POST', `/pages/${world.pageId}/subscribers/reactivate`, { body: { subscribers: [id] } });
	await createIncident();
	await simulator.delivered();
	expect(bodies).toHaveLength(11);
});

test.each<[string, object]>([
	['unconfirmed', { newWebhooks: 'unconfirmed' }],
	['without deliveries', { webhookDelivery: 'off' }],
])('a subscriber gets nothing: %s', async (_, options) => {
	await simulator.options(options as Record<string, string>);
	await subscribe();
	await createIncident();
	expect(await simulator.deliveries()).toEqual([]);
});

test('another host is never called', async () => {
	await send('POST', '/subscribers', { subscriber: { endpoint: 'https://example.com/hook' } });
	await createIncident();
	expect(await simulator.deliveries()).toEqual([]);
	expect(await simulator.post('https://example.com/hook', {})).toMatchObject({ status: null });
});

test.each([422, 403, 400])('a page without webhook subscribers answers with %i, and sends nothing', async (status) => {
	await subscribe();
	await simulator.options({ forbiddenWebhooks: status });
	await simulator.send('PATCH', `/pages/${world.pageId}`, { body: { page: { allow_webhook_subscribers: false } } });
	expect((await send('POST', '/subscribers', { subscriber: { endpoint: `${endpoint}/2` } })).status).toBe(status);
	await createIncident();
	expect(await simulator.deliveries()).toEqual([]);
});

test('a post can be repeated, and any body can be sent', async () => {
	await subscribe();
	await createIncident();
	await simulator.delivered();
	expect(await simulator.replay(1)).toMatchObject({ status: 200 });
	answers = [418];
	expect(await simulator.post(endpoint, { any: 'body' })).toMatchObject({ status: 418 });
	expect(bodies.slice(1)).toEqual([bodies[0], { any: 'body' }]);
});
