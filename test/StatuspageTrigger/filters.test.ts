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
