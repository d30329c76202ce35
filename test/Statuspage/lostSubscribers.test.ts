import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { openIncident, subscribersIn, subscriberWith } from '../support/subscribers';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset({ takenContacts: 'refused' });
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const POST = { method: 'POST' };
const posts = async () => (await simulator.log()).filter(({ method }) => method === 'POST');
const subscribers = async () => Object.values((await simulator.page()).subscribers);
const added = async () => (await subscribers()).length - Object.keys(world.page.subscribers).length;

const AFTER: Array<[string, Fault]> = [
	['reset', { kind: 'resetAfter', match: POST }],
	['cut body', { kind: 'cut', match: POST }],
	['HTML 502', { kind: 'html', match: POST, after: true }],
	['HTML 200', { kind: 'html', status: 200, match: POST, after: true }],
	['500', { kind: 'body', match: POST, status: 500, body: { error: 'Oops' } }],
];
const contacts: Array<[string, IDataObject]> = [
	['email', { email: 'new@example.com' }],
	['sms', { mode: 'sms', phoneCountry: 'US', phoneNumber: '2025550199' }],
	['webhook', { mode: 'webhook', endpoint: 'https://example.com/hook' }],
];
const oneTimes = contacts.flatMap(([mode, contact]) =>
	AFTER.map(([loss, fault]) => [mode, loss, contact, fault] as const),
);

describe('a creation with a lost answer', () => {
	// Without a rejection of duplicates, a second request would be seen.
	test.each(oneTimes)('%s, %s: exists once, and the output says so', async (_, __, contact, fault) => {
		await simulator.options({ takenContacts: 'accepted' });
		await simulator.fault(fault);
		const [row] = await results(world, 'subscriber create', contact);
		expect(row).toMatchObject({ created: true, note: expect.stringContaining('It was created once') });
		expect(row.state).not.toBeNull();
		expect(await added()).toBe(1);
		expect(await posts()).toHaveLength(1);
	});

	test('of a viewer: exists once', async () => {
		await simulator.fault(AFTER[0][1]);
		const parameters = { mode: 'viewer', viewerId: locator('id', world.viewers[0].id) };
		const [row] = await results(world, 'subscriber create', parameters);
		expect(row).toMatchObject({ page_access_user_id: world.viewers[0].id, created: true });
		expect(await added()).toBe(1);
	});

	test('that did not arrive: an email is sent again', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const [row] = await results(world, 'subscriber create', { email: 'new@example.com' });
		expect(row).toMatchObject({ email: 'new@example.com', created: true });
		expect(await added()).toBe(1);
		expect(await posts()).toHaveLength(2);
	});

	test.each(contacts.slice(1))(
		'that did not arrive: a new %s is not sent again, and the error says it',
		async (_, contact) => {
			await simulator.fault({ kind: 'resetBefore', match: POST });
			const { error } = await run(world, 'subscriber create', contact);
			expect(error?.description).toMatch(/may have been created.*was not found yet/);
			expect(await posts()).toHaveLength(1);
			expect(await added()).toBe(0);
		},
	);

	test('of an email that existed before: is not reported as created', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		const [row] = await results(world, 'subscriber create', { email: 'subscriber.0@example.com' });
		expect(row).toMatchObject({ created: false, note: expect.stringContaining('existed before') });
		expect(await added()).toBe(0);
	});

	test('whose date is missing: the output says what is unknown', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		await simulator.fault({ kind: 'fields', drop: ['created_at'], match: { method: 'GET' }, times: 10 });
		const [row] = await results(world, 'subscriber create', { email: 'new@example.com' });
		expect(row).toMatchObject({ created: null, note: expect.stringContaining('its date is missing') });
		expect(await added()).toBe(1);
	});

	test('that cannot be looked up: the error says so, and nothing is sent again', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		await simulator.fault({ kind: 'status', status: 403, body: { error: 'No' }, match: { method: 'GET' }, times: 10 });
		const { error } = await run(world, 'subscriber create', { email: 'new@example.com' });
		expect(error?.description).toMatch(/may have been created. It could not be looked up/);
		expect(await posts()).toHaveLength(1);
	});

	test.each(AFTER)('of a subscriber of an incident, %s: exists once', async (_, fault) => {
		await simulator.options({ takenContacts: 'accepted' });
		await simulator.fault(fault);
		const { id } = openIncident(world).row;
		const parameters = { incidentId: locator('id', id), email: 'new@example.com' };
		const [row] = await results(world, 'incidentSubscriber create', parameters);
		expect(row).toMatchObject({ created: true, note: expect.stringContaining('It was created once') });
		expect(Object.keys((await simulator.page()).incidents[id].subscribers)).toEqual([row.id]);
	});
});

describe('a call for many subscribers with a lost or unclear answer', () => {
	const unconfirmed = () => subscribersIn(world, 'unconfirmed').map(({ row }) => row.id);

	test.each(AFTER)('unsubscribe, %s: is settled by the list, and not sent again', async (_, fault) => {
		await simulator.fault(fault);
		const [row] = await results(world, 'subscriber unsubscribe', { subscriberIds: unconfirmed() });
		expect(row).toEqual({ unsubscribed: unconfirmed(), notThere: [] });
		expect(await posts()).toHaveLength(1);
		expect(await added()).toBe(-unconfirmed().length);
	});

	test.each<[string, Fault]>([
		['reset', { kind: 'resetBefore', match: POST }],
		['a success of a proxy', { kind: 'html', status: 200, match: POST }],
		['a success with an empty object', { kind: 'status', status: 200, body: {}, match: POST }],
	])('unsubscribe that was not processed (%s): is sent again for those that remain', async (_, fault) => {
		await simulator.fault(fault);
		const [row] = await results(world, 'subscriber unsubscribe', { subscriberIds: unconfirmed() });
		expect(row).toEqual({ unsubscribed: unconfirmed(), notThere: [] });
		expect(await posts()).toHaveLength(2);
		expect(await added()).toBe(-unconfirmed().length);
	});

	test('unsubscribe that is never processed: is not reported as done', async () => {
		await simulator.fault({ kind: 'html', status: 200, match: POST, times: 10 });
		const { error, items } = await run(world, 'subscriber unsubscribe', { subscriberIds: unconfirmed() });
		expect(items).toEqual([]);
		expect(error?.description).toContain(`It was not done for ${unconfirmed().length}`);
		expect(await added()).toBe(0);
	});

	test('one lost part of three: the other items succeed', async () => {
		await simulator.fault({ kind: 'html', status: 500, match: POST, times: 10, skip: 2 });
		const items = Object.keys(world.page.subscribers).map((id) => ({ id }));
		const outcome = await run(
			world,
			'subscriber unsubscribe',
			{ subscriberIds: '={{ $json.id }}', options: { concurrency: 1 } },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(outcome.items.filter(({ error }) => error !== undefined)).toHaveLength(50);
		expect(await added()).toBe(-200);
	});

	test.each([
		['lost', { kind: 'resetAfter', match: POST } as Fault],
		['unclear', { kind: 'html', status: 200, match: POST, after: true } as Fault],
	])('unsubscribe of all, %s: is settled by counting again', async (_, fault) => {
		await simulator.fault(fault);
		const all = { subscribers: 'all', type: 'email', state: 'unconfirmed' };
		const [row] = await results(world, 'subscriber unsubscribe', all);
		expect(row).toMatchObject({ unsubscribedCount: unconfirmed().length, note: expect.any(String) });
		expect(await posts()).toHaveLength(1);
	});

	test('unsubscribe of all that was not processed: the error names how many remain', async () => {
		await simulator.fault({ kind: 'html', status: 200, match: POST });
		const all = { subscribers: 'all', type: 'email', state: 'unconfirmed' };
		const { error } = await run(world, 'subscriber unsubscribe', all);
		expect(error?.message).toContain(`${unconfirmed().length} of ${unconfirmed().length} subscribers`);
	});

	test('reactivate, lost: is settled by the list of quarantined subscribers', async () => {
		const subscriberIds = subscribersIn(world, 'quarantined').map(({ row }) => row.id);
		await simulator.fault({ kind: 'resetAfter', match: POST });
		const [row] = await results(world, 'subscriber reactivate', { subscriberIds });
		expect(row).toEqual({ reactivated: subscriberIds, notQuarantined: [] });
		expect(await posts()).toHaveLength(1);
	});

	test('resend confirmation, lost: is not sent again, and the error says that it may have succeeded', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		const { error } = await run(world, 'subscriber resendConfirmation', { subscriberIds: unconfirmed() });
		expect(`${error?.message} ${error?.description}`).toMatch(/may have/);
		expect(await posts()).toHaveLength(1);
	});
});

test('a deletion with a lost answer succeeded if its retry finds nothing', async () => {
	await simulator.fault({ kind: 'resetAfter', match: { method: 'DELETE' } });
	const id = String(subscriberWith(world.page, 'subscriber.0@example.com')?.row.id);
	const [row] = await results(world, 'subscriber delete', { subscriberId: locator('id', id) });
	expect(row).toEqual({ deleted: true, id });
});
