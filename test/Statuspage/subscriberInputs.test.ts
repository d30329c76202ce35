import type { IDataObject } from 'n8n-workflow';
import { searchList } from '../support/engine';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';
import { addIncidentSubscriber, openIncident } from '../support/subscribers';
import { locator, results, run, worldOf, type World } from '../support/world';

useFastClock();

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset();
	world = await worldOf(simulator);
	await simulator.clearLog();
});

/** Every value is the result of an expression, because n8n itself checks values that are typed. */
const expression = (value: unknown) => `={{ ${JSON.stringify(value)} }}`;

async function expectNamed(operation: string, parameters: IDataObject, label: string): Promise<void> {
	const { error, items } = await run(world, operation, parameters);
	expect([error?.message, items]).toEqual([expect.stringContaining(`'${label}'`), []]);
	expect(await simulator.log()).toEqual([]);
}

describe('an invalid value names its field, and nothing is sent', () => {
	const sms = { mode: 'sms', phoneCountry: 'US', phoneNumber: '2025550105' };
	const webhook = { mode: 'webhook', endpoint: 'https://example.com/hook' };
	const bad: Array<[string, string, unknown, IDataObject, string]> = [
		...['slack', 'teams', 'integration_partner', '', null, 5].map(
			(value): [string, string, unknown, IDataObject, string] => ['Mode', 'mode', value, { email: 'a@b.co' }, 'mode'],
		),
		...['', 'no address', 'a@', 'a b@example.com', 'a@b.co, c@d.co', 5, null, ['a@b.co']].map(
			(value): [string, string, unknown, IDataObject, string] => ['Email', 'email', value, {}, 'email'],
		),
		...['', '+1', '1', 'USA', 'United States', 49, null, 'U1'].map(
			(value): [string, string, unknown, IDataObject, string] => ['Phone Country', 'phoneCountry', value, sms, 'sms'],
		),
		...['', '+12025550105', '202-CALL-ME', '123', '1234567890123456', true, null, '1e9'].map(
			(value): [string, string, unknown, IDataObject, string] => ['Phone Number', 'phoneNumber', value, sms, 'sms'],
		),
		...['', 'example.com', 'ftp://example.com', 'https://', 'https://hooks.slack.com/services/T/B/x', null, {}].map(
			(value): [string, string, unknown, IDataObject, string] => ['Endpoint', 'endpoint', value, webhook, 'webhook'],
		),
		...['yes', '', null, 2].map((value): [string, string, unknown, IDataObject, string] => [
			'Skip Confirmation',
			'skipConfirmation',
			value,
			{ email: 'a@b.co' },
			'email',
		]),
	];
	test.each(bad)('%s: %s is %j', async (label, parameter, value, usual) => {
		await expectNamed('subscriber create', { ...usual, [parameter]: expression(value) }, label);
	});

	const addedToMode: Array<[string, IDataObject, IDataObject, string]> = [
		['a webhook', webhook, { contactEmail: 'no address' }, 'Contact Email'],
		['an email', { email: 'a@b.co' }, { linkedViewer: 'a1b2c3d4e5f6, f6e5d4c3b2a1' }, 'Viewer ID or Email'],
	];
	test.each(addedToMode)('%s with a field that does not fit', async (_, usual, additionalFields, label) => {
		await expectNamed('subscriber create', { ...usual, additionalFields }, label);
	});

	test.each<[string, (world: World) => IDataObject]>([
		['email', () => ({ email: 'a@b.co' })],
		['sms', () => sms],
		['viewer', ({ viewers }) => ({ viewerId: locator('id', viewers[0].id) })],
	])('mode %s has no contact email', async (mode, usual) => {
		const parameters = { mode, ...usual(world), additionalFields: { contactEmail: 'ops@example.com' } };
		await results(world, 'subscriber create', parameters);
		const sent = (await simulator.log()).filter(({ method }) => method === 'POST');
		expect(sent).toHaveLength(1);
		expect(JSON.stringify(sent)).not.toContain('ops@example.com');
	});

	test('a viewer is not linked to another one', async () => {
		const [{ id }, other] = world.viewers;
		const additionalFields = { linkedViewer: other.id };
		await results(world, 'subscriber create', { mode: 'viewer', viewerId: locator('id', id), additionalFields });
		const sent = (await simulator.log()).filter(({ method }) => method === 'POST');
		expect(sent).toHaveLength(1);
		expect(JSON.stringify(sent)).not.toContain(other.id);
	});

	test.each([
		['subscriber getMany', 'State', { state: expression('pending') }],
		['subscriber getMany', 'Type', { filters: { type: expression('fax') } }],
		['subscriber getMany', 'Limit', { limit: expression(0) }],
		['subscriber count', 'State', { state: expression('pending') }],
		['subscriber unsubscribe', 'State', { subscribers: 'all', type: 'email', state: expression('pending') }],
		['subscriber unsubscribe', 'Type', { subscribers: 'all', type: expression(''), state: 'all' }],
		['subscriber unsubscribe', 'Subscribers', { subscribers: expression('ALL of them') }],
		['subscriber unsubscribe', 'Subscriber IDs or Emails', { subscriberIds: expression(['a1b2c3d4e5f6', null]) }],
		['subscriber unsubscribe', 'Subscriber IDs or Emails', { subscriberIds: expression('../pages') }],
		[
			'subscriber unsubscribe',
			'Skip Notification',
			{ subscriberIds: 'a1b2c3d4e5f6', skipNotification: expression('no') },
		],
		['subscriber reactivate', 'Type', { subscribers: 'all', type: expression('teams') }],
		['subscriber delete', 'Subscriber', { subscriberId: locator('id', '../x') }],
		[
			'subscriber update',
			'Subscribe To',
			{ subscriberId: locator('id', 'a1b2c3d4e5f6'), subscribeTo: expression('none') },
		],
	] as Array<[string, string, IDataObject]>)('%s: %s', async (operation, label, parameters) => {
		await expectNamed(operation, parameters, label);
	});

	test('an incident has no webhook subscribers', async () => {
		const incidentId = locator('id', openIncident(world).row.id);
		await expectNamed('incidentSubscriber create', { incidentId, mode: expression('webhook') }, 'Mode');
		await expectNamed('incidentSubscriber create', { incidentId, email: expression('no address') }, 'Email');
	});
});

test('a phone number is sent as digits, and its country in upper case', async () => {
	const parameters = { mode: 'sms', phoneCountry: 'gb', phoneNumber: '(020) 7946-0958' };
	const [row] = await results(world, 'subscriber create', parameters);
	expect(row).toMatchObject({ phone_country: 'GB', phone_number: '02079460958' });
});

test('an email that had to be cleaned is in the output as given', async () => {
	const [row] = await results(world, 'subscriber create', { email: '<New@Example.com>' });
	expect(row).toMatchObject({ email: 'New@Example.com', emailGiven: '<New@Example.com>' });
});

describe('a subscriber of an incident', () => {
	const incident = () => ({ incidentId: locator('id', openIncident(world).row.id) });

	test('is rejected by an incident that is resolved, in the words of Statuspage', async () => {
		const resolved = Object.values(world.page.incidents).find(({ row }) => row.status === 'resolved');
		const parameters = { incidentId: locator('id', String(resolved?.row.id)), email: 'new@example.com' };
		const { error } = await run(world, 'incidentSubscriber create', parameters);
		expect(error?.message).toContain('Incident is resolved');
	});

	test('that exists counts as success with Ignore If Exists', async () => {
		const id = await addIncidentSubscriber(world, simulator, 'reader@example.com');
		const parameters = { ...incident(), email: 'reader@example.com' };
		expect((await run(world, 'incidentSubscriber create', parameters)).error?.httpCode).toBe('422');
		const options = { ignoreIfExists: true };
		const [row] = await results(world, 'incidentSubscriber create', { ...parameters, options });
		expect(row).toMatchObject({ id, created: false });
	});

	test('is not reported as already deleted if the incident is missing', async () => {
		const incidentSubscriberId = locator('id', 'gone00000001');
		const options = { ignoreIfMissing: true };
		const [row] = await results(world, 'incidentSubscriber delete', { ...incident(), incidentSubscriberId, options });
		expect(row).toEqual({ deleted: false, id: 'gone00000001' });
		const parameters = { incidentId: locator('id', 'gone00000002'), incidentSubscriberId, options };
		expect((await run(world, 'incidentSubscriber delete', parameters)).error?.message).toContain('gone00000002');
	});

	test('is in the list of the locator after an incident was chosen', async () => {
		const id = await addIncidentSubscriber(world, simulator, 'reader@example.com');
		const pageId = locator('id', world.pageId);
		const chosen = { parameters: { pageId, ...incident() } };
		const { results: found } = await searchList(world.credential, 'searchIncidentSubscribers', chosen);
		expect(found).toEqual([{ name: 'reader@example.com', value: id }]);
		await expect(searchList(world.credential, 'searchIncidentSubscribers', { parameters: { pageId } })).rejects.toThrow(
			'Choose an incident first',
		);
	});
});
