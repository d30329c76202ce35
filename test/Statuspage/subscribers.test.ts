import { searchList } from '../support/engine';
import { useFastClock } from '../support/fastClock';
import { expectRefused } from '../support/refused';
import { startSimulator, type Simulator } from '../support/simulator';
import { activeSubscriber, subscribersIn, subscriberWith } from '../support/subscribers';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset({
		subscribers: 250,
		takenContacts: 'refused',
		skippedConfirmation: 'active',
		unknownIds: 'refuse',
		linkedSubscribers: 0,
	});
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const posts = async () => (await simulator.log()).filter(({ method }) => method === 'POST');
const ids = () => Object.keys(world.page.subscribers);
const remaining = async () => Object.keys((await simulator.page()).subscribers);
const EXISTING = 'subscriber.0@example.com';

describe('a list of 250 subscribers', () => {
	test('is complete over all states, and its pages count from 0', async () => {
		const rows = await results(world, 'subscriber getMany', { returnAll: true });
		expect(rows.map(({ id }) => id).sort()).toEqual(ids().sort());
		const log = await simulator.log();
		expect(log.map(({ query }) => query.page).sort()).toEqual(['0', '1', '2']);
		for (const { query } of log) expect(query).toMatchObject({ limit: '100', state: 'all' });
	});

	test('can be limited to a state and a type, searched and sorted', async () => {
		const query = { state: 'quarantined', filters: { type: 'email', search: 'example.com' } };
		const options = { sortBy: 'created_at', sortDirection: 'desc' };
		const rows = await results(world, 'subscriber getMany', { ...query, options, limit: 3 });
		const wanted = subscribersIn(world, 'quarantined').map(({ row }) => row.id);
		expect(wanted).toEqual(expect.arrayContaining(rows.map(({ id }) => id)));
		expect((await simulator.log())[0].query).toEqual({
			page: '0',
			limit: '3',
			state: 'quarantined',
			type: 'email',
			q: 'example.com',
			sort_field: 'created_at',
			sort_direction: 'desc',
		});
	});

	test('can only be sorted by relevance with a search text', async () => {
		const outcome = await run(world, 'subscriber getMany', { options: { sortBy: 'relevance' } });
		await expectRefused(simulator, outcome, "'Sort By' can only be Relevance with the filter 'Search'");
		expect(await simulator.log()).toEqual([]);
	});

	test.each(['mode', 'email', 'components', 'created_at', 'page_access_user_id', 'quarantined_at'])(
		'is returned if its rows have no %s',
		async (field) => {
			await simulator.fault({ kind: 'fields', drop: [field], times: 100 });
			const rows = await results(world, 'subscriber getMany', { returnAll: true });
			expect(rows).toHaveLength(250);
			const got = await results(world, 'subscriber get', { subscriberId: locator('id', activeSubscriber(world).id) });
			expect(got[0]).not.toHaveProperty(field);
		},
	);

	test('shows one row per subscriber in the list of the locator, also for Slack, which cannot be searched', async () => {
		const parameters = { pageId: locator('id', world.pageId) };
		const byEmail = await searchList(world.credential, 'searchSubscribers', { parameters, filter: EXISTING });
		expect(byEmail.results).toEqual([{ name: EXISTING, value: activeSubscriber(world).id }]);
		await simulator.reset({ linkedSubscribers: 4 });
		world = await worldOf(simulator);
		const slack = await searchList(world.credential, 'searchSubscribers', { parameters, filter: 'Northwind' });
		expect(slack.results.length).toBeGreaterThan(0);
		for (const { value } of slack.results) expect(world.page.subscribers[String(value)].row.mode).toBe('slack');
	});
});

describe('the output of a creation', () => {
	const states: Array<[string, object, string, string]> = [
		['an email that must confirm', {}, 'active', 'unconfirmed'],
		['an email without a confirmation', { skipConfirmation: true }, 'active', 'active'],
		[
			'an email that must confirm although the confirmation was skipped',
			{ skipConfirmation: true },
			'unconfirmed',
			'unconfirmed',
		],
		[
			'a phone number, which must always confirm',
			{ mode: 'sms', phoneCountry: 'DE', phoneNumber: '030 123456', skipConfirmation: true },
			'active',
			'unconfirmed',
		],
		['a webhook', { mode: 'webhook', endpoint: 'https://example.com/hook' }, 'active', 'active'],
	];
	test.each(states)('has the state of %s', async (_, parameters, skippedConfirmation, state) => {
		await simulator.options({ skippedConfirmation });
		const [row] = await results(world, 'subscriber create', { email: 'new@example.com', ...parameters });
		expect(row).toMatchObject({ created: true, state });
		expect(row).not.toHaveProperty('note');
		expect((await simulator.page()).subscribers[String(row.id)].state).toBe(state);
		expect((await simulator.log()).length).toBeLessThanOrEqual(3);
	});

	test('says that the state is unknown if the list cannot be read, and nothing is created twice', async () => {
		await simulator.fault({ kind: 'status', status: 403, body: { error: 'No' }, match: { method: 'GET' }, times: 100 });
		const [row] = await results(world, 'subscriber create', { email: 'new@example.com' });
		expect(row).toMatchObject({ created: true, state: null, note: expect.stringContaining('The state is unknown') });
		expect(await posts()).toHaveLength(1);
	});

	test('says that the state is unknown if no list contains the subscriber', async () => {
		await simulator.fault({ kind: 'body', body: [], match: { method: 'GET' }, times: 100 });
		const [row] = await results(world, 'subscriber create', { email: 'new@example.com' });
		expect(row).toMatchObject({ created: true, state: null, note: expect.stringContaining('neither among') });
	});

	test('takes few requests for the states of many new subscribers', async () => {
		const items = Array.from({ length: 60 }, (_, index) => ({ email: `many.${index}@example.com` }));
		const rows = await results(world, 'subscriber create', { email: '={{ $json.email }}' }, { items });
		expect(rows.map(({ state }) => state)).toEqual(items.map(() => 'unconfirmed'));
		expect((await simulator.log()).length).toBeLessThanOrEqual(90);
	});

	test('a list of components that is empty is not sent', async () => {
		const additionalFields = { componentIds: [] };
		const [row] = await results(world, 'subscriber create', { email: 'new@example.com', additionalFields });
		expect(row.created).toBe(true);
		expect((await posts())[0].body).toEqual({
			subscriber: { email: 'new@example.com', skip_confirmation_notification: false },
		});
	});

	test('the mode can come from an expression, with the fields of that mode only', async () => {
		const items = [
			{ mode: 'email', email: 'new@example.com' },
			{ mode: 'SMS', country: 'us', number: '202 555 0105' },
		];
		const parameters = {
			mode: '={{ $json.mode }}',
			email: '={{ $json.email }}',
			phoneCountry: '={{ $json.country }}',
			phoneNumber: '={{ $json.number }}',
		};
		const rows = await results(world, 'subscriber create', parameters, { items });
		expect(rows).toMatchObject([{ email: 'new@example.com' }, { mode: 'sms', phone_number: '2025550105' }]);
	});

	test('a viewer gets notifications at the email of the viewer', async () => {
		const [viewer] = world.viewers;
		const parameters = { mode: 'viewer', viewerId: locator('email', viewer.email) };
		const [row] = await results(world, 'subscriber create', parameters);
		expect(row).toMatchObject({ email: viewer.email, page_access_user_id: viewer.id, created: true });
	});
});

describe('a subscriber who exists', () => {
	test('is an error with the words of Statuspage, which names the option', async () => {
		const { error } = await run(world, 'subscriber create', { email: EXISTING });
		expect(error?.httpCode).toBe('422');
		expect(error?.message).toContain('already been taken');
		expect(error?.description).toContain("'Ignore If Exists'");
	});

	test('counts as success with Ignore If Exists', async () => {
		const parameters = { email: EXISTING.toUpperCase(), options: { ignoreIfExists: true } };
		const [row] = await results(world, 'subscriber create', parameters);
		expect(row).toMatchObject({
			id: activeSubscriber(world).id,
			created: false,
			state: 'active',
			note: expect.stringContaining('already existed'),
		});
		expect(await remaining()).toHaveLength(250);
	});

	test('counts as success if the search does not find it, and the output says so', async () => {
		await simulator.fault({ kind: 'body', body: [], match: { method: 'GET' }, times: 10 });
		const parameters = { email: EXISTING, options: { ignoreIfExists: true } };
		const [row] = await results(world, 'subscriber create', parameters);
		expect(row).toEqual({
			contact: `email "${EXISTING}"`,
			created: false,
			state: null,
			note: expect.stringContaining('but it was not found'),
		});
	});

	test.each([
		['webhook', { mode: 'webhook', endpoint: 'https://example.com/hook' }],
		['sms', { mode: 'sms', phoneCountry: 'US', phoneNumber: '2025550199' }],
	])('a %s is not doubled with Ignore If Exists, also if Statuspage accepts duplicates', async (_, contact) => {
		await simulator.options({ takenContacts: 'accepted' });
		const [first] = await results(world, 'subscriber create', contact);
		const [second] = await results(world, 'subscriber create', { ...contact, options: { ignoreIfExists: true } });
		expect(second).toMatchObject({ id: first.id, created: false });
		expect(await remaining()).toHaveLength(251);
	});

	test.each([
		'Email has already been taken',
		'Email is already subscribed',
		'Subscriber already exists',
		'That email exists',
	])('is recognized by "%s"', async (message) => {
		await simulator.fault({ kind: 'status', status: 422, body: { error: [message] }, match: { method: 'POST' } });
		const parameters = { email: EXISTING, options: { ignoreIfExists: true } };
		expect((await results(world, 'subscriber create', parameters))[0].created).toBe(false);
	});

	test.each(['Page access user does not exist', "Component doesn't exist", 'Email is invalid'])(
		'is not recognized by "%s"',
		async (message) => {
			await simulator.fault({ kind: 'status', status: 422, body: { error: [message] }, match: { method: 'POST' } });
			const parameters = { email: EXISTING, options: { ignoreIfExists: true } };
			expect((await run(world, 'subscriber create', parameters)).error?.message).toContain(message);
		},
	);
});

describe('unsubscribe', () => {
	test('250 items with one ID each take 3 calls', async () => {
		const items = ids().map((id) => ({ id }));
		const rows = await results(world, 'subscriber unsubscribe', { subscriberIds: '={{ $json.id }}' }, { items });
		expect(rows).toEqual(items.map(({ id }) => ({ unsubscribed: [id], notThere: [] })));
		const log = await simulator.log();
		expect(log.map(({ body }) => (body as { subscribers: string[] }).subscribers.length)).toEqual([100, 100, 50]);
		for (const { body } of log) expect(body).toMatchObject({ state: 'all', skip_unsubscription_notification: false });
		expect(await remaining()).toEqual([]);
	});

	test('101 IDs of one item are split', async () => {
		const subscriberIds = ids().slice(0, 101);
		const [row] = await results(world, 'subscriber unsubscribe', { subscriberIds });
		expect(row.unsubscribed).toEqual(subscriberIds);
		expect(await posts()).toHaveLength(2);
		expect(await remaining()).toHaveLength(149);
	});

	test('removes subscribers in every state', async () => {
		const subscriberIds = ['active', 'unconfirmed', 'quarantined'].map(
			(state) => subscribersIn(world, state)[0].row.id,
		);
		await results(world, 'subscriber unsubscribe', { subscriberIds });
		for (const id of subscriberIds) expect(await remaining()).not.toContain(id);
	});

	test('an ID that does not exist is reported, and the others are unsubscribed', async () => {
		const subscriberIds = [ids()[0], 'gone00000001', ids()[1]];
		const [row] = await results(world, 'subscriber unsubscribe', { subscriberIds });
		expect(row).toEqual({ unsubscribed: [ids()[0], ids()[1]], notThere: ['gone00000001'] });
		expect(await remaining()).toHaveLength(248);
	});

	test('an email that no subscriber has fails its item only', async () => {
		const items = [{ who: EXISTING }, { who: 'nobody@example.com' }];
		const outcome = await run(
			world,
			'subscriber unsubscribe',
			{ subscriberIds: '={{ $json.who }}' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(outcome.items).toMatchObject([
			{ unsubscribed: [EXISTING] },
			{ error: expect.stringContaining('nobody@example.com') },
		]);
		expect(subscriberWith(await simulator.page(), EXISTING)).toBeUndefined();
	});

	test('a page that does not exist is named, with few requests', async () => {
		const parameters = { pageId: locator('id', 'gone00000001'), subscriberIds: ids().slice(0, 100) };
		const { error } = await run(world, 'subscriber unsubscribe', parameters);
		expect(error?.message).toContain('page gone00000001');
		expect((await simulator.log()).length).toBeLessThanOrEqual(3);
		expect(await remaining()).toHaveLength(250);
	});

	const all = { subscribers: 'all', type: 'email', state: 'unconfirmed' };

	test('all of one type and state are counted first, and both are sent', async () => {
		const wanted = subscribersIn(world, 'unconfirmed').filter(({ row }) => row.mode === 'email').length;
		const [row] = await results(world, 'subscriber unsubscribe', all);
		expect(row).toEqual({ unsubscribedCount: wanted, type: 'email', state: 'unconfirmed' });
		expect((await simulator.log()).map(({ method, query, body }) => [method, query, body ?? null])).toEqual([
			['GET', { type: 'email', state: 'unconfirmed' }, null],
			[
				'POST',
				{},
				{ subscribers: 'all', type: 'email', state: 'unconfirmed', skip_unsubscription_notification: false },
			],
		]);
		expect(await remaining()).toHaveLength(250 - wanted);
	});

	test('all are refused before sending from 100 on, and nothing is sent if there are none', async () => {
		const outcome = await run(world, 'subscriber unsubscribe', { ...all, state: 'active' });
		const count = subscribersIn(world, 'active').filter(({ row }) => row.mode === 'email').length;
		await expectRefused(simulator, outcome, `fewer than 100 subscribers, and there are ${count}`);
		const [none] = await results(world, 'subscriber unsubscribe', { ...all, type: 'teams' });
		expect(none).toEqual({ unsubscribedCount: 0, type: 'teams', state: 'unconfirmed' });
		expect(await posts()).toEqual([]);
	});

	test.each([99, 100])('all of %s subscribers', async (subscribers) => {
		await simulator.reset({ subscribers });
		const { items, error } = await run(world, 'subscriber unsubscribe', { ...all, state: 'all' });
		expect([items[0]?.unsubscribedCount, error?.message]).toEqual(
			subscribers < 100 ? [99, undefined] : [undefined, expect.stringContaining('there are 100')],
		);
		expect(await remaining()).toHaveLength(subscribers < 100 ? 0 : 100);
	});

	test('all need a type and a state', async () => {
		for (const name of ['type', 'state']) {
			const rest = Object.fromEntries(Object.entries(all).filter(([parameter]) => parameter !== name));
			const { error } = await run(world, 'subscriber unsubscribe', rest);
			expect(error?.message).toBe(`'${name === 'type' ? 'Type' : 'State'}' is empty`);
		}
		expect(await simulator.log()).toEqual([]);
	});

	test('an empty list is an error, and never means all', async () => {
		for (const subscriberIds of ['={{ [] }}', '={{ "" }}', '={{ " , " }}']) {
			const outcome = await run(world, 'subscriber unsubscribe', { subscriberIds });
			await expectRefused(simulator, outcome, "'Subscriber IDs or Emails' is empty");
		}
	});
});

describe('reactivate', () => {
	test('tells quarantined subscribers from others, who are not sent', async () => {
		const [quarantined, unconfirmed] = ['quarantined', 'unconfirmed'].map(
			(state) => subscribersIn(world, state)[0].row.id,
		);
		const subscriberIds = [quarantined, unconfirmed, 'gone00000001'];
		const [row] = await results(world, 'subscriber reactivate', { subscriberIds });
		expect(row).toEqual({ reactivated: [quarantined], notQuarantined: [unconfirmed, 'gone00000001'] });
		expect((await posts()).map(({ body }) => body)).toEqual([{ subscribers: [quarantined] }]);
	});

	test('all quarantined subscribers of a type are counted first', async () => {
		const count = subscribersIn(world, 'quarantined').length;
		const [row] = await results(world, 'subscriber reactivate', { subscribers: 'all', type: 'email' });
		expect(row).toEqual({ reactivatedCount: count, type: 'email' });
		expect((await posts()).map(({ body }) => body)).toEqual([{ subscribers: 'all', type: 'email' }]);
		expect(Object.values((await simulator.page()).subscribers).filter(({ state }) => state === 'quarantined')).toEqual(
			[],
		);
	});
});

test('resend confirmation: all unconfirmed email subscribers are counted first', async () => {
	const [row] = await results(world, 'subscriber resendConfirmation', { subscribers: 'all' });
	expect(row).toEqual({ requestedCount: subscribersIn(world, 'unconfirmed').length });
	expect((await posts()).map(({ body }) => body)).toEqual([{ subscribers: 'all' }]);
});

describe('update', () => {
	const subscriber = () => ({ subscriberId: locator('id', activeSubscriber(world).id) });

	test('all components are a choice of their own', async () => {
		await results(world, 'subscriber update', { ...subscriber(), componentIds: [world.components[0].id] });
		await results(world, 'subscriber update', { ...subscriber(), subscribeTo: 'all' });
		expect((await simulator.log()).map(({ method, body }) => [method, body])).toContainEqual(['PATCH', {}]);
		expect((await simulator.page()).subscribers[activeSubscriber(world).id].row).not.toHaveProperty('components');
	});

	test('an empty list of components is an error', async () => {
		const outcome = await run(world, 'subscriber update', { ...subscriber(), componentIds: '={{ [] }}' });
		await expectRefused(simulator, outcome, "'Component Names or IDs' is empty");
	});
});

describe('a dry run', () => {
	const readOnly = () => ({ credential: { ...world.credential, readOnly: true } });

	test('of an unsubscription shows the subscribers, also with a read-only credential', async () => {
		const subscriberIds = [ids()[0], EXISTING];
		const parameters = { subscriberIds, options: { dryRun: true } };
		const [row] = await results(world, 'subscriber unsubscribe', parameters, readOnly());
		expect(row).toMatchObject({
			dryRun: true,
			would: expect.stringContaining('unsubscribe'),
			after: { subscribers: [] },
		});
		const { subscribers } = row.before as { subscribers: Array<{ id: string }> };
		expect(subscribers.map(({ id }) => id).sort()).toEqual([...new Set([ids()[0], activeSubscriber(world).id])].sort());
		expect(await posts()).toEqual([]);
	});

	test('of an unsubscription of all shows them, or that they are too many', async () => {
		const all = { subscribers: 'all', type: 'email', options: { dryRun: true } };
		const [row] = await results(world, 'subscriber unsubscribe', { ...all, state: 'unconfirmed' });
		const { subscribers } = row.before as { subscribers: unknown[] };
		expect(row.would).toBe(`unsubscribe ${subscribers.length} subscribers`);
		expect((await run(world, 'subscriber unsubscribe', { ...all, state: 'active' })).error?.message).toContain('fewer');
		expect(await posts()).toEqual([]);
	});

	test('of a creation shows an existing subscriber', async () => {
		const options = { dryRun: true };
		const [known] = await results(world, 'subscriber create', { email: EXISTING, options }, readOnly());
		expect(known).toMatchObject({ dryRun: true, before: { email: EXISTING }, after: { email: EXISTING } });
		const [unknown] = await results(world, 'subscriber create', { email: 'new@example.com', options });
		expect(unknown).toMatchObject({ would: 'create subscriber', before: null, after: { email: 'new@example.com' } });
		expect(await posts()).toEqual([]);
	});
});
