import { sleep, type IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/fastClock';
import { expectRefused } from '../support/refused';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
useFastClock(1000);
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset({ templates: 3 });
	world = await worldOf(simulator);
});

const NEW = { name: 'Payments', title: 'Payments are delayed', body: 'We are investigating.' };
const named = async (name: string) =>
	Object.values((await simulator.page()).templates).filter((template) => template.name === name);
const posts = async () => (await simulator.log()).filter(({ method }) => method === 'POST');
const POST = { method: 'POST' };

describe('a list', () => {
	test('of 120 templates is complete, in 2 requests once its length is known', async () => {
		await simulator.reset({ templates: 120 });
		world = await worldOf(simulator);
		for (let reading = 1; reading <= 2; reading++) {
			await simulator.clearLog();
			const rows = await results(world, 'incidentTemplate getMany', { returnAll: true });
			expect(rows.map(({ id }) => id)).toEqual(world.templates.map(({ id }) => id));
		}
		expect(await simulator.log()).toHaveLength(2);
		expect(await results(world, 'incidentTemplate getMany', { limit: 7 })).toHaveLength(7);
	});

	test('has the templates whose name contains a text, also those of later pages', async () => {
		await simulator.reset({ templates: 120 });
		world = await worldOf(simulator);
		const filters = { name: ' MAINTENANCE ' };
		const rows = await results(world, 'incidentTemplate getMany', { returnAll: true, filters });
		expect(rows.map(({ name }) => name)).toEqual(
			world.templates.filter(({ name }) => name.includes('maintenance')).map(({ name }) => name),
		);
		expect(rows).toHaveLength(40);
	});

	test('has whole components with Simplify off, and all fields with odd rows', async () => {
		const [raw] = await results(world, 'incidentTemplate getMany', { simplify: false });
		expect((raw.components as IDataObject[])[0]).toHaveProperty('status');
		for (const components of [null, 'text', [null, { id: 'a', name: 'b', status: 'x' }]]) {
			await simulator.fault({ kind: 'fields', set: { components }, drop: ['title'] });
			const [row] = await results(world, 'incidentTemplate getMany', {});
			expect(row.components).toEqual(Array.isArray(components) ? [{ id: 'a', name: 'b' }] : components);
		}
	});
});

describe('a new template', () => {
	test('is sent with false, and without the fields that were not added', async () => {
		await results(world, 'incidentTemplate create', NEW);
		const additionalFields = { shouldSendNotifications: false, shouldTweet: false };
		await results(world, 'incidentTemplate create', { ...NEW, additionalFields });
		expect((await posts()).map(({ body }) => body)).toEqual([
			{ template: NEW },
			{ template: { ...NEW, should_tweet: false, should_send_notifications: false } },
		]);
	});

	test('can be used for an incident by its name', async () => {
		const [{ id }] = world.components;
		const additionalFields = { componentIds: [id], updateStatus: 'identified', shouldSendNotifications: false };
		await results(world, 'incidentTemplate create', { ...NEW, additionalFields });
		const [incident] = await results(world, 'incident create', { incidentTemplateId: 'payments' });
		expect(incident).toMatchObject({
			name: NEW.title,
			status: 'identified',
			latest_update: { body: NEW.body },
			components: [{ id }],
		});
		const [, { body }] = await posts();
		expect(body).toMatchObject({ incident: { deliver_notifications: false } });
	});

	test.each<[string, IDataObject, RegExp]>([
		['an empty name', { name: '' }, /'Name' is empty/],
		['an empty title', { title: ' ' }, /'Title' is empty/],
		['an empty message', { body: '' }, /'Message' is empty/],
		['a number as a list', { title: [4] }, /'Title' /],
		['a title that is too long', { title: 'x'.repeat(256) }, /'Title' has 256 characters, .* at most 255/],
		['a message that is too long', { body: 'x'.repeat(25_001) }, /'Message' has 25,001 characters/],
		['an unknown status', { additionalFields: { updateStatus: 'postmortem' } }, /'Status' /],
		['an unknown component', { additionalFields: { componentIds: ['no such name'] } }, /"no such name"/],
		['an invalid flag', { additionalFields: { shouldTweet: 'maybe' } }, /'Tweet' /],
	])('with %s is an error that names the field, and nothing is written', async (_, parameters, message) => {
		const given = Object.fromEntries(
			Object.entries(parameters).map(([name, value]) =>
				name === 'additionalFields' ? [name, value] : [name, `={{ ${JSON.stringify(value)} }}`],
			),
		);
		await expectRefused(simulator, await run(world, 'incidentTemplate create', { ...NEW, ...given }), message);
	});

	test('that Statuspage rejects shows its sentence', async () => {
		await simulator.fault({ kind: 'status', status: 422, body: { error: ['Group is invalid'] }, match: POST });
		const { error } = await run(world, 'incidentTemplate create', NEW);
		expect([error?.message, error?.httpCode]).toEqual([expect.stringContaining('Group is invalid'), '422']);
	});

	test('on a missing page is an error', async () => {
		const { error } = await run(world, 'incidentTemplate create', { ...NEW, pageId: locator('id', 'gone00000001') });
		expect([error?.httpCode, error?.message]).toEqual(['404', expect.stringContaining('gone00000001')]);
	});
});

describe('a new template whose answer is lost', () => {
	const LOST: Array<[string, Fault]> = [
		['the connection is closed', { kind: 'resetAfter' }],
		['the body is cut', { kind: 'cut' }],
		['a proxy answers with HTML', { kind: 'html', status: 200, after: true }],
		['the body is not understood', { kind: 'body', body: {} }],
		['the service answers with 500', { kind: 'body', status: 500, body: { error: 'Oops' } }],
	];
	const NEVER: Array<[string, Fault]> = [
		['the connection is closed before', { kind: 'resetBefore' }],
		['the service has an internal error', { kind: 'status', status: 500 }],
	];

	test.each(LOST)('is found if %s', async (_, fault) => {
		await simulator.fault({ ...fault, match: POST });
		const [output] = await results(world, 'incidentTemplate create', NEW);
		const [created, ...others] = await named(NEW.name);
		expect([others, output.id, output.note]).toEqual([[], created.id, expect.stringContaining('created once')]);
		expect(await posts()).toHaveLength(1);
	});

	test.each(NEVER)('is not sent again if %s, and the item says that it was not found', async (_, fault) => {
		await simulator.fault({ ...fault, match: POST });
		const { error, items } = await run(world, 'incidentTemplate create', NEW);
		expect(items).toEqual([]);
		expect(error?.description).toMatch(/not found among the templates of the page.*not sent again/);
		expect([(await posts()).length, await named(NEW.name)]).toEqual([1, []]);
	});

	test('is distinguished from an equal template that existed before, and from those of the same run', async () => {
		await results(world, 'incidentTemplate create', NEW);
		const [earlier] = await named(NEW.name);
		await simulator.fault({ kind: 'resetAfter', match: POST, times: 2 });
		const outputs = await results(world, 'incidentTemplate create', NEW, { items: [{}, {}, {}] });
		const ids = outputs.map(({ id }) => id);
		expect([new Set([...ids, earlier.id]).size, (await named(NEW.name)).length]).toEqual([4, 4]);
	});

	test('is not mistaken for an equal template that existed before', async () => {
		await results(world, 'incidentTemplate create', NEW);
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const { error } = await run(world, 'incidentTemplate create', NEW);
		expect(error?.description).toContain('not found among the templates');
		expect(await named(NEW.name)).toHaveLength(1);
	});

	test('is not mistaken for a new template with another message, or from a list without messages', async () => {
		await simulator.fault({ kind: 'resetBefore', match: POST });
		const parameters = { ...NEW, body: '={{ $json.body }}' };
		const items = [{ body: 'A' }, { body: 'B' }];
		const { items: rows } = await run(world, 'incidentTemplate create', parameters, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(rows.filter(({ error }) => error !== undefined)).toHaveLength(1);
		await simulator.fault({ kind: 'resetAfter', match: POST });
		await simulator.fault({ kind: 'fields', drop: ['body'], match: { method: 'GET' }, skip: 1, times: 100 });
		const { error } = await run(world, 'incidentTemplate create', { ...NEW, name: 'Another' });
		expect(error?.description).toContain('not found among the templates');
	});

	test('whose look-up fails is uncertain', async () => {
		await simulator.fault({ kind: 'resetAfter', match: POST });
		await simulator.fault({ kind: 'status', status: 403, match: { method: 'GET' }, skip: 1 });
		const { error } = await run(world, 'incidentTemplate create', NEW);
		expect(error?.description).toMatch(/could not be looked up/);
		expect(await named(NEW.name)).toHaveLength(1);
	});

	test('is uncertain if two new templates fit, and the item names them', async () => {
		await simulator.fault({ kind: 'hang', after: true, match: POST });
		const running = run(world, 'incidentTemplate create', { ...NEW, options: { timeout: 2 } });
		while ((await named(NEW.name)).length === 0) await sleep(20);
		await simulator.send('POST', `/pages/${world.pageId}/incident_templates`, { body: { template: NEW } });
		const { error } = await running;
		const ids = (await named(NEW.name)).map(({ id }) => id);
		expect(ids).toHaveLength(2);
		for (const id of ids) expect(error?.description).toContain(id);
	});

	test('is created if the templates cannot be read before, but is uncertain if its answer is lost', async () => {
		const unreadable: Fault = { kind: 'status', status: 403, match: { method: 'GET' } };
		await simulator.fault(unreadable);
		expect((await results(world, 'incidentTemplate create', NEW))[0].name).toBe(NEW.name);
		await simulator.fault(unreadable);
		await simulator.fault({ kind: 'resetAfter', match: POST });
		const { error } = await run(world, 'incidentTemplate create', { ...NEW, name: 'Another' });
		expect(error?.description).toContain('could not be read before the request');
		expect([(await posts()).length, (await named('Another')).length]).toEqual([2, 1]);
	});

	test('that was rejected because of the rate limit is sent again', async () => {
		await simulator.fault({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, match: POST });
		const [output] = await results(world, 'incidentTemplate create', NEW);
		expect([output.note, (await named(NEW.name)).length]).toEqual([undefined, 1]);
	});
});
