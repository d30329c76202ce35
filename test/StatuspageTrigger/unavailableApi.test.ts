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
