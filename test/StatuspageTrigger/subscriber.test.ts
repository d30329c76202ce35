import { startSimulator, type Simulator } from '../support/simulator';
import { TriggerWorld } from '../support/triggerWorld';
import { useFastClock } from '../support/fastClock';
import { locator } from '../support/world';

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

const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');

describe('activation', () => {
	test('makes one subscriber, and deactivation removes it without a notification', async () => {
		const workflow = await trigger.active({ options: { contactEmail: 'ops@example.com' } });
		const [row, ...others] = await trigger.rows(workflow.url);
		expect(others).toEqual([]);
		expect(row).toMatchObject({ state: 'active', row: { mode: 'webhook', email: 'ops@example.com' } });
		await simulator.clearLog();
		await workflow.deactivate();
		expect(await trigger.rows(workflow.url)).toEqual([]);
		expect(await writes()).toMatchObject([{ method: 'DELETE', query: { skip_unsubscription_notification: 'true' } }]);
		expect(workflow.warnings).toEqual([]);
	});

	test('twice, and two workflows on one page: one subscriber per workflow', async () => {
		const [one, other] = [await trigger.active(), await trigger.active()];
		const [{ row: before }] = await trigger.rows(one.url);
		await one.activate();
		one.restart();
		await one.activate();
		expect((await trigger.rows(one.url)).map(({ row }) => row.id)).toEqual([before.id]);
		expect(await trigger.rows(other.url)).toHaveLength(1);
	});

	test.each(['active', 'unconfirmed', 'quarantined'])('uses a subscriber that is %s', async (state) => {
		const workflow = trigger.workflow();
		await simulator.options({ newWebhooks: state === 'unconfirmed' ? 'unconfirmed' : 'active' });
		await trigger.send('POST', '/subscribers', { subscriber: { endpoint: workflow.url } });
		if (state === 'quarantined') {
			await simulator.options({ webhookFailures: 1 });
			await trigger.createIncident();
			await simulator.delivered();
			expect((await trigger.rows(workflow.url))[0].state).toBe('quarantined');
		}
		await workflow.activate();
		expect((await trigger.rows(workflow.url)).map((row) => row.state)).toEqual([
			state === 'quarantined' ? 'active' : state,
		]);
		expect(workflow.warnings).toEqual(state === 'unconfirmed' ? [expect.stringContaining('is unconfirmed')] : []);
	});

	test('removes all but one of several subscribers with its URL', async () => {
		await simulator.options({ takenContacts: 'accepted' });
		const workflow = trigger.workflow();
		for (let n = 0; n < 3; n++) await trigger.send('POST', '/subscribers', { subscriber: { endpoint: workflow.url } });
		await workflow.activate();
		expect(await trigger.rows(workflow.url)).toHaveLength(1);
	});

	test.each(['refused', 'accepted'])(
		'makes one subscriber if the answer is lost, and a second one is %s',
		async (how) => {
			await simulator.options({ takenContacts: how });
			await simulator.fault({ kind: 'resetAfter', match: { method: 'POST', path: '/subscribers$' } });
			const workflow = await trigger.active();
			expect(await trigger.rows(workflow.url)).toHaveLength(1);
			await workflow.deactivate();
			expect(await trigger.rows(workflow.url)).toEqual([]);
		},
	);

	test('removes the subscriber if the answer and the search for it fail', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST', path: '/subscribers$' } });
		await simulator.fault({ kind: 'status', status: 403, skip: 1, match: { method: 'GET', path: '/subscribers$' } });
		const workflow = trigger.workflow();
		await expect(workflow.activate()).rejects.toThrow();
		expect(await trigger.rows(workflow.url)).toEqual([]);
	});

	test('changes the components of a subscriber that exists', async () => {
		const [one, two] = trigger.world.components;
		const workflow = await trigger.active({ options: { subscribedComponentIds: [one.id] } });
		expect((await trigger.rows(workflow.url))[0].row.components).toEqual([one.id]);
		workflow.settings.parameters.options = { subscribedComponentIds: [two.name] };
		await workflow.activate();
		expect((await trigger.rows(workflow.url))[0].row.components).toEqual([two.id]);
		workflow.settings.parameters.options = {};
		await workflow.activate();
		expect((await trigger.rows(workflow.url)).map(({ row }) => row.components)).toEqual([undefined]);
	});

	test('replaces a subscriber with another contact email', async () => {
		const workflow = await trigger.active({ options: { contactEmail: 'old@example.com' } });
		workflow.settings.parameters.options = { contactEmail: 'new@example.com' };
		await workflow.activate();
		expect((await trigger.rows(workflow.url)).map(({ row }) => row.email)).toEqual(['new@example.com']);
	});

	test('with a read-only credential sends nothing', async () => {
		await simulator.clearLog();
		const workflow = trigger.workflow({}, { ...trigger.world.credential, readOnly: true });
		await expect(workflow.activate()).rejects.toThrow(
			'The credential is read-only, so no webhook subscriber was created',
		);
		expect(await simulator.log()).toEqual([]);
	});

	test('on a page without webhook subscribers says where to switch them on', async () => {
		await simulator.send('PATCH', `/pages/${trigger.world.pageId}`, {
			body: { page: { allow_webhook_subscribers: false } },
		});
		await simulator.clearLog();
		const workflow = trigger.workflow();
		await expect(workflow.activate()).rejects.toMatchObject({
			message: expect.stringContaining("doesn't allow webhook subscribers"),
			description: expect.stringContaining('notification settings of the page'),
		});
		expect(await writes()).toEqual([]);
	});

	test.each([422, 403, 400])(
		'whose subscriber is rejected with %i says where to switch webhooks on',
		async (status) => {
			await simulator.fault({
				kind: 'status',
				status,
				match: { method: 'POST', path: '/subscribers$' },
				body: { error: 'No' },
			});
			await expect(trigger.workflow().activate()).rejects.toMatchObject({
				description: expect.stringContaining('notification settings of the page'),
			});
		},
	);

	test.each([422, 403, 400])('without component subscriptions (%i) advises the filter', async (status) => {
		await simulator.options({ componentSubscriptions: status });
		const workflow = trigger.workflow({ options: { subscribedComponentIds: [trigger.world.components[0].id] } });
		await expect(workflow.activate()).rejects.toMatchObject({
			description: expect.stringContaining("use the filter 'Component Names or IDs' instead"),
		});
		expect(await trigger.rows(workflow.url)).toEqual([]);
	});

	test('with a local URL for the real service stops before anything is sent', async () => {
		const credential = { ...trigger.world.credential, baseUrl: 'https://api.statuspage.io/v1' };
		await expect(trigger.workflow({}, credential).activate()).rejects.toMatchObject({
			message: expect.stringContaining("can't reach the webhook URL"),
			description: expect.stringContaining('WEBHOOK_URL'),
		});
	});

	test.each([{ events: [] }, { events: ['no such event'] }, { filters: { impacts: ['huge'] } }])(
		'with %j is rejected before anything is written',
		async (parameters) => {
			await simulator.clearLog();
			await expect(trigger.workflow(parameters).activate()).rejects.toThrow();
			expect(await writes()).toEqual([]);
		},
	);
});

describe('deactivation', () => {
	test('of a subscriber that is gone already is fine', async () => {
		const workflow = await trigger.active();
		const [{ row }] = await trigger.rows(workflow.url);
		await trigger.send('DELETE', `/subscribers/${row.id}`);
		await workflow.deactivate();
		expect(workflow.warnings).toEqual([]);
	});

	test('while the service is down: the log names the subscriber, posts start nothing, and the next activation uses it', async () => {
		const workflow = await trigger.active();
		const [{ row }] = await trigger.rows(workflow.url);
		await simulator.fault({ kind: 'status', status: 503, times: 1000, match: { method: 'DELETE' } });
		await workflow.deactivate();
		await simulator.clearFaults();
		expect(workflow.warnings).toEqual([
			expect.stringContaining(`${row.id} of page ${trigger.world.pageId} (${workflow.url})`),
		]);
		expect(await trigger.rows(workflow.url)).toHaveLength(1);
		await simulator.options({ webhookFailures: 1 });
		await trigger.createIncident();
		await simulator.delivered();
		expect(trigger.host.answers).toEqual([404]);
		expect(workflow.runs).toEqual([]);
		await workflow.activate();
		expect((await trigger.rows(workflow.url)).map((entry) => [entry.row.id, entry.state])).toEqual([
			[row.id, 'active'],
		]);
		await workflow.deactivate();
		expect(await trigger.rows(workflow.url)).toEqual([]);
	});

	test('while the service is down, then another page: the next activation removes the old subscriber', async () => {
		const workflow = await trigger.active();
		await simulator.fault({ kind: 'status', status: 503, times: 1000, match: { method: 'DELETE' } });
		await workflow.deactivate();
		await simulator.clearFaults();
		workflow.settings.parameters.pageId = locator('id', trigger.world.otherPageId);
		await workflow.activate();
		expect(await trigger.rows(workflow.url)).toEqual([]);
		expect(await trigger.rows(workflow.url, trigger.world.otherPageId)).toHaveLength(1);
	});

	test('after the page was changed removes the subscriber of the old page', async () => {
		const workflow = await trigger.active();
		workflow.settings.parameters.pageId = locator('id', trigger.world.otherPageId);
		await workflow.deactivate();
		await workflow.activate();
		expect(await trigger.rows(workflow.url)).toEqual([]);
		expect(await trigger.rows(workflow.url, trigger.world.otherPageId)).toHaveLength(1);
	});

	test('of a workflow whose saved data is gone finds the subscriber by its URL', async () => {
		const workflow = await trigger.active();
		workflow.saved = '{}';
		workflow.restart();
		await workflow.deactivate();
		expect(await trigger.rows(workflow.url)).toEqual([]);
	});
});
