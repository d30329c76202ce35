import type { IDataObject } from 'n8n-workflow';
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

describe('what starts nothing', () => {
	const componentPost = (id: string, old_status: string, new_status: string, update = 'forged000001'): IDataObject => ({
		page: { id: trigger.world.pageId, status_indicator: 'critical' },
		component: { id, name: 'API', status: new_status },
		component_update: { id: update, component_id: id, old_status, new_status, created_at: '2030-01-01T00:00:00Z' },
	});

	test('replayed posts', async () => {
		const workflow = await trigger.active();
		await trigger.incidentLife();
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
		await trigger.incidentLife();
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
