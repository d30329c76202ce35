import { startSimulator, type Simulator } from '../support/simulator';
import { openIncident, subscribersIn } from '../support/subscribers';
import { worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ takenContacts: 'refused' });
	world = await worldOf(simulator);
});

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
	const answer = await simulator.send(method, `/pages/${world.pageId}${path}`, { body });
	return { status: answer.status, text: await answer.text() };
}
const create = async (subscriber: object) => await send('POST', '/subscribers', { subscriber });
const ids = () => Object.keys(world.page.subscribers);

describe('a new subscriber', () => {
	test.each<[object, number]>([
		[{ email: 'new@example.com' }, 201],
		[{ phone_country: 'US', phone_number: '2025550105' }, 201],
		[{ endpoint: 'https://example.com/hook', email: 'ops@example.com' }, 201],
		[{}, 422],
		[{ email: 'subscriber.0@example.com' }, 422],
		[{ email: 'SUBSCRIBER.0@example.com' }, 422],
		[{ phone_country: '+1', phone_number: '2025550105' }, 422],
		[{ phone_country: 'US', phone_number: '202-555-0105' }, 422],
		[{ endpoint: 'https://hooks.slack.com/services/x' }, 422],
		[{ endpoint: 'example.com' }, 422],
		[{ page_access_user: 'gone00000001' }, 422],
		// Requests that the document doesn't allow.
		[{ email: 'new@example.com', component_ids: [] }, 400],
		[{ email: 'new@example.com', mode: 'slack' }, 400],
		[{ email: 'new@example.com', skip_confirmation_notification: 'true' }, 400],
	])('%j is answered with %i', async (subscriber, status) => {
		expect((await create(subscriber)).status).toBe(status);
	});

	test('can be accepted twice', async () => {
		await simulator.options({ takenContacts: 'accepted' });
		expect((await create({ email: 'subscriber.0@example.com' })).status).toBe(201);
	});

	test('of the whole page has no components in its row', async () => {
		const row = JSON.parse((await create({ email: 'new@example.com' })).text) as object;
		expect(row).not.toHaveProperty('components');
		expect(row).not.toHaveProperty('state');
	});
});

describe('a call for many subscribers', () => {
	const call = async (name: string, body: object) => await send('POST', `/subscribers/${name}`, body);

	test('has no body in its answer', async () => {
		const { row } = subscribersIn(world, 'active')[0];
		expect(await call('unsubscribe', { subscribers: [row.id] })).toEqual({ status: 201, text: '' });
	});

	test('takes at most 100 IDs, and "all" only for fewer than 100', async () => {
		expect((await call('unsubscribe', { subscribers: ids().slice(0, 101), state: 'all' })).status).toBe(400);
		expect((await call('unsubscribe', { subscribers: 'all' })).status).toBe(422);
		expect((await call('unsubscribe', { subscribers: 'all', state: 'quarantined' })).status).toBe(201);
	});

	test('only unsubscribes active subscribers unless it is told otherwise', async () => {
		const [{ row }] = subscribersIn(world, 'unconfirmed');
		await call('unsubscribe', { subscribers: [row.id] });
		expect((await simulator.page()).subscribers).toHaveProperty(row.id);
		await call('unsubscribe', { subscribers: [row.id], state: 'all' });
		expect((await simulator.page()).subscribers).not.toHaveProperty(row.id);
		expect((await simulator.page()).unsubscribed).toMatchObject([{ id: row.id }]);
	});

	test('reactivates quarantined subscribers of the documented types', async () => {
		const [{ row }] = subscribersIn(world, 'quarantined');
		expect((await call('reactivate', { subscribers: [row.id], type: 'teams' })).status).toBe(400);
		await call('reactivate', { subscribers: [row.id], type: 'email' });
		expect((await simulator.page()).subscribers[row.id].state).toBe('active');
	});

	test('confirms unconfirmed subscribers again', async () => {
		await call('resend_confirmation', { subscribers: 'all' });
		for (const { state, confirmations } of Object.values((await simulator.page()).subscribers))
			expect(confirmations ?? 0).toBe(state === 'unconfirmed' ? 1 : 0);
	});
});

test('counts only contain active subscribers unless they are told otherwise', async () => {
	const count = async (query: string) =>
		(JSON.parse((await send('GET', `/subscribers/count${query}`)).text) as { email: number }).email;
	expect(await count('')).toBe(subscribersIn(world, 'active').length);
	expect(await count('?state=all')).toBe(250);
	expect(await count('?state=all&type=sms')).toBe(0);
});

test('an incident accepts subscribers until it is resolved, and only with an email or a phone number', async () => {
	const add = async (id: string, subscriber: object) =>
		(await send('POST', `/incidents/${id}/subscribers`, { subscriber })).status;
	const open = openIncident(world).row.id;
	expect(await add(open, { email: 'new@example.com' })).toBe(201);
	expect(await add(open, { endpoint: 'https://example.com/hook' })).toBe(400);
	const resolved = Object.values(world.page.incidents).find(({ row }) => row.status === 'resolved');
	expect(await add(String(resolved?.row.id), { email: 'new@example.com' })).toBe(400);
	expect(await add('gone00000001', { email: 'new@example.com' })).toBe(404);
});
