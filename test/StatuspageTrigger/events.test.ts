import { startSimulator, type Simulator } from '../support/simulator';
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

describe.each(['current', 'old'])('with posts in the %s shape', (webhookShape) => {
	beforeEach(async () => await simulator.options({ webhookShape }));

	test('an incident is created, updated and resolved', async () => {
		const workflow = await trigger.active();
		const id = await trigger.incidentLife();
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
	await trigger.incidentLife();
	await trigger.setStatus(trigger.world.components[0].id, 'major_outage');
	await simulator.delivered();
	expect(workflow.events).toEqual(['incidentResolved']);
});

test('two workflows on one page both start', async () => {
	const workflows = [await trigger.active(), await trigger.active()];
	await trigger.incidentLife();
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
