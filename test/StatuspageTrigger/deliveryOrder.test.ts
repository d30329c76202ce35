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

describe("without 'Verify'", () => {
	const options = { verify: false };

	test('nothing is read, and late and repeated posts start nothing', async () => {
		const workflow = await trigger.active({ options });
		await simulator.clearLog();
		await trigger.incidentLife();
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
		await trigger.incidentLife();
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
