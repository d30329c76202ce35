import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../support/simulator';
import { systemClock } from '../../nodes/shared/http/clock';
import { TriggerWorld } from '../support/triggerWorld';
import { useFastClock } from '../support/fastClock';

useFastClock();

let simulator: Simulator;
let trigger: TriggerWorld;
beforeAll(async () => {
	simulator = await startSimulator({ viewers: 5 });
	trigger = new TriggerWorld(simulator);
	await trigger.host.start();
});
afterAll(async () => {
	await trigger.host.stop();
	await simulator.stop();
});
beforeEach(async () => await trigger.reset());
afterEach(async () => expect(await simulator.problems()).toEqual([]));

/** The life of an incident, each step after the posts of the one before were answered. */
async function incidentLife(components: string[] = []): Promise<string> {
	const id = await trigger.createIncident({ body: 'We look', component_ids: components });
	await simulator.delivered();
	await trigger.updateIncident(id, { status: 'identified', body: 'Found' });
	await simulator.delivered();
	await trigger.updateIncident(id, { status: 'resolved', body: 'Fixed' });
	await simulator.delivered();
	return id;
}

describe.each(['current', 'old'])('with posts in the %s shape', (webhookShape) => {
	beforeEach(async () => await simulator.options({ webhookShape }));

	test('an incident is created, updated and resolved', async () => {
		const workflow = await trigger.active();
		const id = await incidentLife();
		expect(workflow.runs).toHaveLength(3);
		expect(workflow.items).toMatchObject([
			{
				event: 'incidentCreated',
				incidentId: id,
				incidentName: 'Outage',
				oldStatus: null,
				newStatus: 'investigating',
				updateText: 'We look',
				isVerified: true,
			},
			{ event: 'incidentUpdated', oldStatus: 'investigating', newStatus: 'identified', updateText: 'Found' },
			{ event: 'incidentResolved', oldStatus: 'identified', newStatus: 'resolved', updateText: 'Fixed' },
		]);
		expect(JSON.stringify(workflow.items)).not.toContain('unsubscribe');
	});

	test('a maintenance is scheduled, started, updated and completed', async () => {
		const workflow = await trigger.active();
		const id = await trigger.createIncident({
			scheduled_for: '2030-01-01T00:00:00Z',
			scheduled_until: '2030-01-01T01:00:00Z',
		});
		await simulator.delivered();
		for (const status of ['in_progress', 'verifying', 'completed']) {
			await trigger.updateIncident(id, { status });
			await simulator.delivered();
		}
		expect(workflow.events).toEqual([
			'maintenanceScheduled',
			'maintenanceStarted',
			'maintenanceUpdated',
			'maintenanceCompleted',
		]);
	});

	test('a component goes down and up', async () => {
		const workflow = await trigger.active();
		const { id, name } = trigger.world.components[0];
		for (const status of ['major_outage', 'operational']) {
			await trigger.setStatus(id, status);
			await simulator.delivered();
		}
		const same = { event: 'componentStatusChanged', componentId: id, componentName: name, isVerified: true };
		expect(workflow.items).toMatchObject([
			{ ...same, oldStatus: 'operational', newStatus: 'major_outage' },
			{ ...same, oldStatus: 'major_outage', newStatus: 'operational' },
		]);
	});
});

test('an incident that changes components is one event, and each component one more', async () => {
	const workflow = await trigger.active();
	const [one, two] = trigger.world.components;
	await trigger.createIncident({ components: { [one.id]: 'major_outage', [two.id]: 'partial_outage' } });
	await simulator.delivered();
	expect([...workflow.events].sort()).toEqual(['componentStatusChanged', 'componentStatusChanged', 'incidentCreated']);
});

test('an incident that exists at activation is updated, not created', async () => {
	const id = await trigger.createIncident();
	const workflow = await trigger.active();
	await trigger.updateIncident(id, { body: 'More' });
	await simulator.delivered();
	expect(workflow.events).toEqual(['incidentUpdated']);
});

test('a backfilled incident is created, although it is resolved', async () => {
	const workflow = await trigger.active();
	await trigger.createIncident({ backfilled: true, backfill_date: '2020-01-01' });
	await simulator.delivered();
	expect(workflow.events).toEqual(['incidentCreated', 'incidentResolved']);
});

test('updates that notify nobody are part of the next post, in their order', async () => {
	const workflow = await trigger.active();
	const id = await trigger.createIncident({ deliver_notifications: false });
	await trigger.updateIncident(id, { status: 'identified', deliver_notifications: false });
	expect(await simulator.delivered()).toEqual([]);
	await trigger.updateIncident(id, { status: 'monitoring' });
	await simulator.delivered();
	expect(workflow.runs).toHaveLength(1);
	expect(workflow.events).toEqual(['incidentCreated', 'incidentUpdated', 'incidentUpdated']);
	expect(workflow.items.map(({ newStatus }) => newStatus)).toEqual(['investigating', 'identified', 'monitoring']);
});

test('an edited update that is posted again starts nothing', async () => {
	await simulator.options({ webhookOnEdit: 'sent' });
	const workflow = await trigger.active();
	const id = await trigger.createIncident({ body: 'Tpyo' });
	await simulator.delivered();
	const { updates } = (await trigger.simulator.page()).incidents[id];
	await trigger.send('PATCH', `/incidents/${id}/incident_updates/${updates[0].id}`, {
		incident_update: { body: 'Typo' },
	});
	await simulator.delivered();
	expect(trigger.host.answers).toEqual([200, 200]);
	expect(workflow.events).toEqual(['incidentCreated']);
});

test('only the chosen events start the workflow', async () => {
	const workflow = await trigger.active({ events: ['incidentResolved'] });
	await incidentLife();
	await trigger.setStatus(trigger.world.components[0].id, 'major_outage');
	await simulator.delivered();
	expect(workflow.events).toEqual(['incidentResolved']);
});

test('two workflows on one page both start', async () => {
	const workflows = [await trigger.active(), await trigger.active()];
	await incidentLife();
	for (const { events } of workflows)
		expect(events).toEqual(['incidentCreated', 'incidentUpdated', 'incidentResolved']);
});

test('a restart of n8n keeps what is known', async () => {
	const workflow = await trigger.active();
	const id = await trigger.createIncident();
	await simulator.delivered();
	workflow.restart();
	await trigger.updateIncident(id, { status: 'resolved' });
	const posts = await simulator.delivered();
	workflow.restart();
	await simulator.replay(posts[0].n);
	expect(workflow.events).toEqual(['incidentCreated', 'incidentResolved']);
});

describe('filters', () => {
	test('let an incident through from the time when it affects a component, also after it is unlinked', async () => {
		const [one, two] = trigger.world.components;
		const workflow = await trigger.active({ filters: { componentIds: [one.name] } });
		const id = await trigger.createIncident({ component_ids: [two.id] });
		await simulator.delivered();
		expect(workflow.events).toEqual([]);
		await trigger.updateIncident(id, { component_ids: [one.id], body: 'More parts' });
		await simulator.delivered();
		workflow.restart();
		await trigger.updateIncident(id, { component_ids: [], status: 'resolved' });
		await simulator.delivered();
		expect(workflow.events).toEqual(['incidentUpdated', 'incidentResolved']);
	});

	test('of components let only their changes through', async () => {
		const [one, two] = trigger.world.components;
		const workflow = await trigger.active({ filters: { componentIds: [one.id] } });
		for (const { id } of [one, two]) await trigger.setStatus(id, 'major_outage');
		await simulator.delivered();
		expect(workflow.items.map(({ componentId }) => componentId)).toEqual([one.id]);
	});

	test('of statuses apply to the change of a component', async () => {
		const { id } = trigger.world.components[0];
		const workflow = await trigger.active({ filters: { newStatuses: ['operational'], oldStatuses: ['Major Outage'] } });
		for (const status of ['partial_outage', 'operational', 'major_outage', 'operational']) {
			await trigger.setStatus(id, status);
			await simulator.delivered();
		}
		expect(workflow.items).toMatchObject([{ oldStatus: 'major_outage', newStatus: 'operational' }]);
		expect(workflow.items).toHaveLength(1);
	});

	test('of the impact keep an incident whose impact sinks', async () => {
		const workflow = await trigger.active({
			filters: { impacts: ['critical'] },
			events: ['incidentCreated', 'incidentResolved'],
		});
		await trigger.createIncident();
		const id = await trigger.createIncident({ impact_override: 'critical' });
		await simulator.delivered();
		await trigger.updateIncident(id, { impact_override: 'none', status: 'resolved' });
		await simulator.delivered();
		expect(workflow.events).toEqual(['incidentCreated', 'incidentResolved']);
	});

	test('of the subscription are applied by Statuspage', async () => {
		const [one, two] = trigger.world.components;
		const workflow = await trigger.active({ options: { subscribedComponentIds: [one.id] } });
		for (const { id } of [two, one]) await trigger.setStatus(id, 'major_outage');
		expect(await simulator.delivered()).toHaveLength(1);
		expect(workflow.items.map(({ componentId }) => componentId)).toEqual([one.id]);
	});
});

test("'Raw' adds the post", async () => {
	const workflow = await trigger.active({ options: { raw: true } });
	const id = await trigger.createIncident();
	await simulator.delivered();
	expect(workflow.items).toMatchObject([{ raw: { page: { id: trigger.world.pageId }, incident: { id } } }]);
});

describe('what starts nothing', () => {
	const componentPost = (id: string, old_status: string, new_status: string, update = 'forged000001'): IDataObject => ({
		page: { id: trigger.world.pageId, status_indicator: 'critical' },
		component: { id, name: 'API', status: new_status },
		component_update: { id: update, component_id: id, old_status, new_status, created_at: '2030-01-01T00:00:00Z' },
	});

	test('replayed posts', async () => {
		const workflow = await trigger.active();
		await incidentLife();
		await trigger.setStatus(trigger.world.components[0].id, 'major_outage');
		const posts = await simulator.delivered();
		const before = workflow.runs.length;
		for (const { n } of [...posts, ...posts.reverse()])
			expect(await simulator.replay(n)).toMatchObject({ status: 200 });
		expect(workflow.runs).toHaveLength(before);
	});

	test.each<[string, () => IDataObject, number]>([
		[
			'a forged incident',
			() => ({
				page: { id: trigger.world.pageId },
				incident: {
					id: 'forged000001',
					name: 'Hacked',
					status: 'investigating',
					incident_updates: [{ id: 'u1', status: 'investigating', body: 'x' }],
				},
			}),
			200,
		],
		[
			'an ID that is a path',
			() => ({ page: { id: trigger.world.pageId }, incident: { id: '../components/x', name: 'x', status: 'x' } }),
			200,
		],
		['a forged component', () => componentPost('forged000001', 'operational', 'major_outage'), 200],
		['a forged outage', () => componentPost(trigger.world.components[0].id, 'operational', 'major_outage'), 200],
		['a forged recovery', () => componentPost(trigger.world.components[0].id, 'major_outage', 'operational'), 200],
		[
			'another page',
			() => ({ page: { id: trigger.world.otherPageId }, incident: { id: 'x', name: 'x', status: 'x' } }),
			400,
		],
		[
			'a copy by Better Stack',
			() => ({
				page: { id: trigger.world.pageId },
				event_type: 'incident',
				incident: { id: 'x', name: 'x', status: 'x' },
			}),
			400,
		],
		['nulls', () => ({ page: null, incident: null }), 400],
		['an unknown kind', () => ({ page: { id: trigger.world.pageId }, scheduled_maintenance: {} }), 200],
	])('%s', async (_, body, status) => {
		const workflow = await trigger.active();
		expect(await simulator.post(workflow.url, body())).toMatchObject({ status });
		expect(workflow.runs).toEqual([]);
		await incidentLife();
		expect(workflow.events).toEqual(['incidentCreated', 'incidentUpdated', 'incidentResolved']);
	});

	test('an edited body of a real incident', async () => {
		const workflow = await trigger.active();
		await trigger.createIncident();
		const [{ body }] = await simulator.delivered();
		const forged = JSON.parse(body) as { incident: { status: string; incident_updates: object[] } };
		forged.incident.status = 'resolved';
		forged.incident.incident_updates.unshift({ id: 'forged000001', status: 'resolved', body: 'Pay here' });
		expect(await simulator.post(workflow.url, forged)).toMatchObject({ status: 200 });
		expect(workflow.events).toEqual(['incidentCreated']);
	});

	test.each([
		['[]', 400],
		['null', 400],
		['"text"', 400],
		['{"broken"', 422],
	])('the body %s', async (body, status) => {
		const workflow = await trigger.active();
		expect(await simulator.post(workflow.url, body)).toMatchObject({ status });
		expect(workflow.runs).toEqual([]);
	});

	test('a body over 1 MiB', async () => {
		const workflow = await trigger.active();
		await trigger.createIncident();
		const [{ body }] = await simulator.delivered();
		const large = { ...(JSON.parse(body) as object), padding: 'x'.repeat(2 ** 20) };
		expect(await simulator.post(workflow.url, large)).toMatchObject({ status: 413 });
		expect(workflow.runs).toHaveLength(1);
	});
});

describe.each([
	['429', { kind: 'status', status: 429, times: 1000 } as const],
	['503', { kind: 'status', status: 503, times: 1000 } as const],
	['no answer', { kind: 'resetBefore', times: 1000 } as const],
])('while the API answers with %s', (_, fault) => {
	const fail = async () =>
		await simulator.fault({ ...fault, match: { method: 'GET', path: '/(incidents|components)/' } });

	test('a post arrives later, once', async () => {
		const workflow = await trigger.active();
		await fail();
		await trigger.createIncident();
		while (trigger.host.answers.length < 2) await simulator.deliveries();
		expect(workflow.runs).toEqual([]);
		await simulator.clearFaults();
		await simulator.delivered();
		expect(trigger.host.answers).toEqual([...Array<number>(trigger.host.answers.length - 1).fill(503), 200]);
		expect(workflow.events).toEqual(['incidentCreated']);
		expect(workflow.warnings).toContainEqual(expect.stringContaining('answered with 503'));
	});

	test("'Start Unverified' starts with the post, and a later post is no second start", async () => {
		const workflow = await trigger.active({ options: { whenUnverified: 'startUnverified' } });
		await fail();
		const id = await trigger.createIncident({ body: 'We look' });
		await simulator.delivered();
		expect(workflow.items).toMatchObject([{ event: 'incidentCreated', updateText: 'We look', isVerified: false }]);
		await simulator.clearFaults();
		await trigger.updateIncident(id, { status: 'resolved' });
		await simulator.delivered();
		// A key that was rate limited waits for a minute, so the second post can be unverified as well.
		expect(workflow.events).toEqual(['incidentCreated', 'incidentResolved']);
	});
});

test('a post that the API does not answer in 20 seconds is answered with 503', async () => {
	const workflow = await trigger.active();
	const { after } = systemClock;
	systemClock.after = (ms, callback) => after(ms / 100, callback);
	try {
		await simulator.fault({ kind: 'hang', times: 1000, match: { method: 'GET', path: '/incidents/' } });
		await trigger.createIncident();
		while (trigger.host.answers.length < 1) await simulator.deliveries();
	} finally {
		systemClock.after = after;
	}
	expect(trigger.host.answers[0]).toBe(503);
	await simulator.clearFaults();
	await simulator.delivered();
	expect(workflow.events).toEqual(['incidentCreated']);
});

describe("without 'Verify'", () => {
	const options = { verify: false };

	test('nothing is read, and late and repeated posts start nothing', async () => {
		const workflow = await trigger.active({ options });
		await simulator.clearLog();
		await incidentLife();
		const { id } = trigger.world.components[0];
		for (const status of ['major_outage', 'operational']) {
			await trigger.setStatus(id, status);
			await simulator.delivered();
		}
		const posts = await simulator.delivered();
		for (const { n } of posts.reverse()) await simulator.replay(n);
		expect(workflow.events).toEqual([
			'incidentCreated',
			'incidentUpdated',
			'incidentResolved',
			'componentStatusChanged',
			'componentStatusChanged',
		]);
		expect(workflow.items.every(({ isVerified }) => isVerified === false)).toBe(true);
		expect((await simulator.log()).filter(({ method }) => method === 'GET')).toEqual([]);
	});

	test('a post that arrives after a newer one tells what is missing, and no creation', async () => {
		const workflow = await trigger.active({ options });
		const other = await trigger.active({ options });
		await incidentLife();
		const posts = (await simulator.delivered()).filter(({ endpoint }) => endpoint === other.url);
		const late = await trigger.active({ options, events: ['incidentCreated', 'incidentUpdated', 'incidentResolved'] });
		expect(workflow.events).toEqual(other.events);
		for (const { body } of posts.reverse()) await simulator.post(late.url, body);
		expect(late.events).toEqual([]);
	});
});

test('a change of a component that was over before it was read is told once, by its end', async () => {
	const workflow = await trigger.active();
	const { id } = trigger.world.components[0];
	await simulator.fault({ kind: 'status', status: 503, times: 1000, match: { method: 'GET', path: '/components/' } });
	await trigger.setStatus(id, 'major_outage');
	while (trigger.host.answers.length < 1) await simulator.deliveries();
	await trigger.setStatus(id, 'operational');
	await simulator.clearFaults();
	await simulator.delivered();
	expect(workflow.items).toMatchObject([{ oldStatus: 'major_outage', newStatus: 'operational' }]);
	for (const { n } of await simulator.deliveries()) await simulator.replay(n);
	expect(workflow.runs).toHaveLength(1);
});

test('many posts at the same time start the workflow once for each event', async () => {
	const workflow = await trigger.active();
	await trigger.createIncident();
	const [{ n, body }] = await simulator.delivered();
	workflow.runs.length = 0;
	await trigger.updateIncident(String((JSON.parse(body) as { incident: { id: string } }).incident.id), {
		body: 'More',
	});
	await Promise.all(Array.from({ length: 10 }, async () => await simulator.replay(n)));
	await simulator.delivered();
	expect(workflow.events).toEqual(['incidentUpdated']);
});
