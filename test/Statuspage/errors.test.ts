/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { credentialFor, type Credential } from '../support/engine';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await worldOf(simulator);
});

/** A key that is easy to find in all output. */
const MARK = 'k3y-th4t-must-not-leak';

describe('the key', () => {
	test('that is wrong is sent once for all items, and the message says that keys expire', async () => {
		const credential = credentialFor(simulator, { apiKey: 'wrong' });
		const items = [{}, {}, {}];
		const { errorItems } = await run(
			world,
			'viewer getMany',
			{},
			{ credential, items, onError: 'continueErrorOutput' },
		);
		expect(errorItems).toHaveLength(3);
		expect(JSON.stringify(errorItems)).toMatch(/expired \(keys are valid for at most 365 days\)/);
		expect(await simulator.log()).toHaveLength(1);
	});

	test('that has expired is reported with its expiry date', async () => {
		const credential = credentialFor(simulator, { apiKey: 'wrong', expiresOn: '2026-01-31T00:00:00.000Z' });
		const { error } = await run(world, 'viewer getMany', {}, { credential });
		expect(error?.description).toContain('2026-01-31');
	});

	test('that expires within 30 days is reported in a hint', async () => {
		const soon = new Date(Date.now() + 10 * 24 * 3600 * 1000).toISOString();
		const { hints } = await run(
			world,
			'page getMany',
			{},
			{ credential: credentialFor(simulator, { expiresOn: soon }) },
		);
		expect(hints).toEqual([expect.stringContaining(soon.slice(0, 10))]);
	});

	const echoes = [
		{ error: `Bad token OAuth ${MARK}` },
		{ message: [MARK], errors: { [MARK]: encodeURIComponent(MARK) } },
		`<html><title>${MARK}</title></html>`,
	];
	test.each(echoes)('never appears in the data that n8n saves, even if the service returns it: %j', async (body) => {
		await simulator.options({ keys: ['simulator-key', MARK] });
		const credential = credentialFor(simulator, { apiKey: MARK });
		const headers: Record<string, string> = typeof body === 'string' ? { 'content-type': 'text/html' } : {};
		for (const status of [400, 422, 401]) {
			await simulator.fault({ kind: 'status', status, body, headers });
			for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
				const { saved, hints, error } = await run(
					world,
					'viewer get',
					{ viewerId: locator('id', 'x') },
					{ credential, onError },
				);
				expect(saved + hints.join() + error?.message + error?.description).not.toContain(MARK);
			}
		}
	});

	test('of a read-only credential rejects every write before a request is sent', async () => {
		const credential = { ...world.credential, readOnly: true };
		const viewer = { viewerId: locator('id', world.viewers[0].id) };
		const group = { viewerGroupId: locator('id', world.groups[0].id) };
		const { error } = await run(world, 'viewer delete', viewer, { credential });
		expect(error?.message).toMatch(/read.only/i);
		await run(world, 'viewer create', { email: 'a@example.com' }, { credential });
		await run(world, 'viewerGroup delete', group, { credential });
		await run(world, 'component create', { name: 'x' }, { credential });
		expect(await simulator.log()).toEqual([]);
		const members = { ...group, viewerIds: world.viewers.slice(0, 5).map(({ id }) => id) };
		await run(world, 'viewerGroup addViewers', members, { credential });
		expect((await simulator.log()).filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test.each<Credential>([{ readOnly: true }, { apiKey: 'OAuth abc' }, { baseUrl: 'http://example.com/v1' }])(
		'a credential that cannot be used sends all items to the error output: %j',
		async (bad) => {
			const credential = { ...world.credential, ...bad };
			const items = world.viewers.slice(0, 2).map(({ id }) => ({ id }));
			const {
				items: done,
				errorItems,
				error,
			} = await run(
				world,
				'viewer delete',
				{ viewerId: locator('id', '={{ $json.id }}') },
				{ credential, items, onError: 'continueErrorOutput' },
			);
			expect([done, error]).toEqual([[], undefined]);
			expect(errorItems).toEqual(
				items.map(() =>
					expect.objectContaining({ error: expect.any(String) as string, details: expect.any(Object) as object }),
				),
			);
		},
	);
});

describe('a redirect', () => {
	let other: Server;
	const seen: Array<string | undefined> = [];
	beforeAll(async () => {
		other = createServer((request, response) => {
			seen.push(request.headers.authorization);
			response.end('[]');
		});
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => other.close());

	test('is not followed, so the other host never gets the key, and the message contains the other host', async () => {
		const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/elsewhere`;
		await simulator.fault({ kind: 'redirect', location, times: 2 });
		const { error } = await run(world, 'viewer getMany');
		expect(error?.message).toContain(location);
		await run(world, 'viewer delete', { viewerId: locator('id', world.viewers[0].id) });
		expect(seen).toEqual([]);
	});
});

describe('an ID', () => {
	test.each(['../x?y', 'a/b', '..', '.', 'a?b=c', 'a#b', 'a\\b', 'a b', '%', '={{ "" }}'])(
		'such as %j never changes the path',
		async (id) => {
			const { error } = await run(world, 'viewer delete', { viewerId: locator('id', id) });
			expect(error).toBeDefined();
			for (const { path } of await simulator.log()) expect(path).toMatch(/^\/pages\/\w+\/page_access_users\/[^/?#]+$/);
		},
	);

	test('of a page that looks like a path is rejected before a request is sent', async () => {
		const { error } = await run(world, 'viewer getMany', { pageId: locator('id', '../organizations') });
		expect(error?.message).toContain("'Page'");
		expect(await simulator.log()).toEqual([]);
	});
});

describe('items that fail', () => {
	const items = () => [
		{ email: 'a@example.com' },
		{ email: world.viewers[0].email },
		{ email: 'no address' },
		{ email: 'b@example.com' },
	];
	const parameters = { email: '={{ $json.email }}' };

	test('are in the error output with item, message and details, and valid items are in the main output', async () => {
		const {
			items: good,
			pairedTo,
			errorItems,
		} = await run(world, 'viewer create', parameters, { items: items(), onError: 'continueErrorOutput' });
		expect(good.map(({ email }) => email)).toEqual(['a@example.com', 'b@example.com']);
		expect(pairedTo).toEqual([0, 3]);
		expect(errorItems).toEqual([
			expect.objectContaining({
				error: expect.stringContaining('Email has already been taken'),
				details: expect.objectContaining({
					httpCode: '409',
					requestId: expect.any(String),
					advice: expect.stringContaining('Create or Update'),
				}),
			}),
			expect.objectContaining({ error: expect.stringContaining("'Email' is not an email address") }),
		]);
	});

	test('keep their position with Continue', async () => {
		const { items: rows, pairedTo } = await run(world, 'viewer create', parameters, {
			items: items(),
			onError: 'continueRegularOutput',
		});
		expect(rows.map((row) => 'error' in row)).toEqual([false, true, true, false]);
		expect(pairedTo).toEqual([0, 1, 2, 3]);
	});

	test('stop the run otherwise, with the items that were already processed', async () => {
		const { error } = await run(world, 'viewer create', parameters, { items: items() });
		expect(error).toMatchObject({ httpCode: '409', context: expect.objectContaining({ itemIndex: 1 }) });
		expect(error?.description).toContain('Items already processed: 0');
	});
});

describe('invalid input has a clear message before a request is sent', () => {
	const cases: Array<[string, string, Record<string, unknown>, RegExp]> = [
		['empty email', 'viewer create', { email: ' ' }, /'Email' is empty/],
		['not an email', 'viewer create', { email: 'anna' }, /'Email' is not an email address: "anna"/],
		['no change', 'viewer update', { viewerId: locator('id', 'x'), updateFields: {} }, /'Update Fields' is empty/],
		[
			'no viewers',
			'viewerGroup addViewers',
			{ viewerGroupId: locator('id', 'x'), viewerIds: '={{ "" }}' },
			/'Viewers' is empty/,
		],
		[
			'empty replacement',
			'viewer replaceComponents',
			{ viewerId: locator('id', 'x'), componentIds: '={{ [] }}' },
			/is empty/,
		],
		[
			'empty removal',
			'viewerGroup removeComponents',
			{ viewerGroupId: locator('id', 'x'), componentIds: '' },
			/is empty/,
		],
		['no page chosen', 'viewer getMany', { pageId: locator('id', '={{ "" }}') }, /'Page' is empty/],
		[
			'a bad date',
			'component getUptime',
			{ componentId: locator('id', 'x'), filters: { start: '31.01.2026' } },
			/^'Start' must be a valid date in the format YYYY-MM-DD, YYYY-MM or YYYY, not the text "31\.01\.2026"/,
		],
		[
			'a bad role',
			'permission update',
			{ teamMemberId: locator('id', 'x'), pages: { page: [{ pageId: 'p', roles: ['owner'] }] } },
			/^'Roles' in row 1 of 'Pages' must be one of Incident Manager, .* not the text "owner"/,
		],
		[
			'a duplicate page',
			'permission update',
			{
				teamMemberId: locator('id', 'tm0000000001'),
				pages: { page: [{ pageId: 'page00000001' }, { pageId: 'page00000001' }] },
			},
			/'Pages' lists page page00000001 twice/,
		],
		['no pages', 'permission replace', { teamMemberId: locator('id', 'x'), pages: {} }, /'Pages' has no entries/],
	];
	test.each(cases)('%s', async (_, name, parameters, message) => {
		const { error } = await run(world, name, parameters as Record<string, never>);
		expect(error?.message).toMatch(message);
		expect(await simulator.log()).toEqual([]);
	});

	test('no organization', async () => {
		const { error } = await run(world, 'teamMember getMany', {}, { credential: credentialFor(simulator) });
		expect(error?.message).toContain("'Organization ID' is empty");
	});

	const urls: Array<[string, RegExp]> = [
		['http://example.com/v1', /must start with https/],
		['nonsense', /is not a URL/],
		['https://user:pw@example.com', /no user name/],
	];
	test.each(urls)('base URL %s', async (baseUrl, message) => {
		const { error } = await run(world, 'page getMany', {}, { credential: credentialFor(simulator, { baseUrl }) });
		expect(error?.message).toMatch(message);
	});
});

test('the message quotes the service for every shape of its errors', async () => {
	const bodies: Array<[unknown, string]> = [
		[{ error: 'words' }, 'words'],
		[{ message: 'words' }, 'words'],
		[{ errors: ['one', 'two'] }, 'one; two'],
		[{ message: { email: ['is bad'] } }, 'email: is bad'],
		['plain words', 'plain words'],
	];
	for (const [body, text] of bodies) {
		await simulator.fault({
			kind: 'status',
			status: 422,
			body,
			headers: typeof body === 'string' ? { 'content-type': 'text/plain' } : {},
		});
		const { error } = await run(world, 'viewer getMany');
		expect(error?.message).toContain(text);
		expect(error?.httpCode).toBe('422');
	}
	await simulator.fault({ kind: 'status', status: 403, body: '', headers: { 'content-type': 'text/plain' } });
	const { error } = await run(world, 'viewer getMany');
	expect(error?.httpCode).toBe('403');
	expect(error?.description).toContain('The API key has no permission for this');
	expect(await results(world, 'page getMany')).toHaveLength(3);
});
