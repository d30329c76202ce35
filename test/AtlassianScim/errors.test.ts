import type { IDataObject } from 'n8n-workflow';
import { AtlassianScimApi } from '../../credentials/AtlassianScimApi.credentials';
import { directoryCredential, directoryOf, runDirectory, type DirectoryWorld } from '../support/directory';
import { startSimulator, type Simulator } from '../support/simulator';

let simulator: Simulator;
let world: DirectoryWorld;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ scimLimit: 0, windowSeconds: 60 });
	world = await directoryOf(simulator);
});

/** A key that is easy to find in any output. */
const MARK = 'k3y-th4t-must-not-leak';
const DAY_MS = 86_400_000;
const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const withCredential = async (extra: IDataObject) => ({
	credential: await directoryCredential(simulator, extra as never),
});

describe('the credential', () => {
	test('a wrong key takes one request for all items, and the message lists possible reasons', async () => {
		const { errorItems } = await runDirectory(
			await withCredential({ apiKey: 'wrong' }),
			'user getMany',
			{},
			{ items: [{}, {}, {}], onError: 'continueErrorOutput' },
		);
		expect(errorItems).toHaveLength(3);
		expect(JSON.stringify(errorItems)).toMatch(
			/expired \(keys are valid for one year\), or belong to another directory/,
		);
		expect(await simulator.log()).toHaveLength(1);
	});

	test('an expired key is reported with its date', async () => {
		const { error } = await runDirectory(
			await withCredential({ apiKey: 'wrong', expiresOn: '2026-01-31T00:00:00.000Z' }),
			'directory getConfig',
		);
		expect(error?.description).toContain('the Atlassian SCIM API key expired on 2026-01-31');
	});

	test.each([
		[10, true],
		[31.5, false],
	])('a key that expires in %d days causes a warning in every run: %s', async (days, isTold) => {
		const expiresOn = new Date(Date.now() + days * DAY_MS + 60_000).toISOString();
		const { hints, items } = await runDirectory(await withCredential({ expiresOn }), 'directory getConfig');
		expect(hints).toEqual(isTold ? [expect.stringContaining(expiresOn.slice(0, 10))] : []);
		expect(items[0]).toMatchObject({ keyExpiresOn: expiresOn, keyDaysLeft: Math.floor(days) });
	});

	test('without an expiry date, the output contains no remaining days', async () => {
		const { items, hints } = await runDirectory(world, 'directory getConfig');
		expect(items[0]).not.toHaveProperty('keyDaysLeft');
		expect(hints).toEqual([]);
	});

	test('for a wrong directory, the advice names the Directory ID', async () => {
		const { error } = await runDirectory(await withCredential({ directoryId: 'other' }), 'user getMany');
		expect(error?.description).toContain('the Directory ID of the credential');
	});

	test.each(['', '../../admin/v1/orgs', 'a/b', 'a?b=c', '..'])(
		'a Directory ID that is not a path segment is rejected before any request: %j',
		async (directoryId) => {
			const { error } = await runDirectory(await withCredential({ directoryId }), 'user getMany');
			expect(error?.message).toMatch(/^'Directory ID' in the credential/);
			expect(await simulator.log()).toEqual([]);
		},
	);

	test('a key is never sent in clear text to another host', async () => {
		const { error } = await runDirectory(
			await withCredential({ baseUrl: 'http://api.example.com/scim/directory' }),
			'user getMany',
		);
		expect(error?.message).toMatch(/must start with https/);
	});

	test('the credential test explains a wrong directory, a wrong or expired key and the rate limit', () => {
		const { request, rules = [] } = new AtlassianScimApi().test;
		expect(request).toMatchObject({
			url: expect.stringMatching(/\/ServiceProviderConfig$/),
			disableFollowRedirect: true,
		});
		const messages = Object.fromEntries(
			rules.map(({ properties }) => ('value' in properties ? [properties.value, properties.message] : [])),
		);
		expect(messages).toMatchObject({
			401: expect.stringMatching(/mistyped.*expired/),
			403: expect.stringMatching(/Directory ID/),
			404: expect.stringMatching(/Directory ID/),
			429: expect.stringMatching(/rate limit/),
		});
	});

	test.each([{ detail: `Bad token Bearer ${MARK}`, status: '401' }, `<html><title>${MARK}</title></html>`])(
		'n8n never saves the key: %j',
		async (body) => {
			await simulator.options({ scimKeys: [simulator.scimKey, MARK] });
			const credential = await withCredential({ apiKey: MARK });
			for (const status of [400, 401, 409]) {
				await simulator.fault({
					kind: 'status',
					status,
					body,
					headers: typeof body === 'string' ? { 'content-type': 'text/html' } : {},
				});
				const { saved, error, hints } = await runDirectory(credential, 'user get', { userId: by('id', 'x') });
				expect(saved + error?.message + error?.description + hints.join()).not.toContain(MARK);
			}
		},
	);

	test('a read-only credential blocks every write before any request', async () => {
		const readOnly = await withCredential({ readOnly: true });
		const userId = by('id', world.users[0].id);
		const groupId = by('id', world.groups[0].id);
		const writes: Array<[string, IDataObject]> = [
			['user create', { userName: 'a', email: 'a@example.com' }],
			['user update', { userId, updateFields: { title: 'x' } }],
			['user replace', { userId, userName: 'a', email: 'a@example.com' }],
			['user deactivate', { userId }],
			['user reactivate', { userId }],
			['user delete', { userId }],
			['group create', { name: 'x' }],
			['group delete', { groupId }],
			[
				'group addMembers',
				{ groupId, userIds: world.users.filter(({ id }) => !world.groups[0].memberIds.includes(id))[0].id },
			],
		];
		for (const [name, parameters] of writes) {
			const { error } = await runDirectory(readOnly, name, parameters);
			expect([name, error?.message]).toEqual([name, expect.stringMatching(/read-only/)]);
		}
		expect((await simulator.log()).filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});

describe('rejections of the service', () => {
	test('for a taken user name, the message names the user', async () => {
		const [, taken] = world.users;
		const { error } = await runDirectory(world, 'user create', {
			userName: taken.userName.toUpperCase(),
			email: 'new@example.com',
		});
		expect(error).toMatchObject({
			httpCode: '409',
			message: expect.stringContaining('already exists'),
			description: expect.stringContaining(`The existing user is ${taken.id}`),
		});
	});

	test('for a taken email, the message names the user and says that the user is deactivated', async () => {
		const taken = world.users.find(({ attributes }) => !attributes.active);
		const { error } = await runDirectory(world, 'user create', { userName: 'somebody.new', email: taken?.email });
		expect(error?.message).toContain(`Resource [USER]: with email[${taken?.email}] already exists`);
		expect(error?.description).toMatch(
			new RegExp(`The existing user is ${taken?.id}.*deactivated\\. Use 'Reactivate'`),
		);
	});

	test('for a taken group name, the message names the group', async () => {
		const { error } = await runDirectory(world, 'group create', { name: world.groups[1].displayName });
		expect(error).toMatchObject({
			httpCode: '409',
			description: expect.stringContaining(`The existing group is ${world.groups[1].id}`),
		});
	});

	test('an update with the email of another account is rejected with advice', async () => {
		const { error } = await runDirectory(world, 'user update', {
			userId: by('id', world.users[0].id),
			updateFields: { email: world.users[1].email },
		});
		expect(error).toMatchObject({
			httpCode: '409',
			description: expect.stringContaining("Find the existing object with 'Get'"),
		});
	});

	test.each([
		[
			{
				schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
				status: '400',
				scimType: 'invalidPath',
				detail: 'Attribute shoeSize',
			},
			'Attribute shoeSize',
			"doesn't support this attribute",
		],
		[
			{ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400', scimType: 'mutability', detail: 'No' },
			'No',
			"Groups can't be renamed",
		],
		[
			{ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400', scimType: 'tooMany' },
			'tooMany',
			'Request fewer objects',
		],
		[{ message: 'Gateway says no' }, 'Gateway says no', 'Check the fields'],
		['<html><title>Forbidden</title></html>', 'Forbidden', 'Check the fields'],
	])('the message contains the words of the service and advice: %j', async (body, message, advice) => {
		await simulator.fault({
			kind: 'status',
			status: 400,
			body,
			headers: typeof body === 'string' ? { 'content-type': 'text/html' } : {},
		});
		const { error } = await runDirectory(world, 'user get', { userId: by('id', 'x') });
		expect(error?.message).toContain(message);
		expect(error?.message).not.toContain('urn:ietf');
		expect(error?.description).toContain(advice);
	});

	test('for an unknown ID, the advice says which ID is expected', async () => {
		const { error } = await runDirectory(world, 'user get', { userId: by('id', world.users[0].accountId) });
		expect(error).toMatchObject({
			httpCode: '404',
			description: expect.stringContaining('IDs in the directory differ from Atlassian account IDs'),
		});
	});

	test('rejected requests are repeated at a lower pace until all 60 are done', async () => {
		await simulator.reset({ scimLimit: 20, windowSeconds: 2 });
		const credential = await directoryCredential(simulator, { rateWindowSeconds: 2 });
		const items = world.users.slice(0, 60).map(({ id }) => ({ id }));
		const { items: rows, hints } = await runDirectory(
			{ credential },
			'user get',
			{ userId: by('id', '={{ $json.id }}') },
			{ items },
		);
		expect(rows.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
		expect(hints.join()).toMatch(/rejected by its rate limit/);
	});
});

describe('input', () => {
	const cases: Array<[string, IDataObject, RegExp]> = [
		['user get', { userId: by('id', '../Groups/1') }, /'User' is not an ID/],
		['user get', { userId: by('id', '={{ "" }}') }, /'User' is empty/],
		['user get', { userId: by('email', 'not an address') }, /'User' is not an email address/],
		[
			'user get',
			{ userId: by('id', 'x'), options: { attributes: 'userName', excludedAttributes: 'groups' } },
			/'Attributes' can't be combined/,
		],
		['user getMany', { filters: { userName: 'a', externalId: 'b' } }, /'Filters' has two filters/],
		['user create', { userName: '={{ "" }}', email: 'a@example.com' }, /'User Name' is empty/],
		['user create', { userName: 'a', email: 'a' }, /'Email' is not an email address/],
		[
			'user create',
			{ userName: 'a', email: 'a@example.com', additionalFields: { customAttributes: '{ no json' } },
			/'Custom Attributes' must be a JSON object, not the text/,
		],
		[
			'user create',
			{ userName: 'a', email: 'a@example.com', additionalFields: { customAttributes: '[1]' } },
			/'Custom Attributes' must be a JSON object, not the text/,
		],
		[
			'user create',
			{ userName: 'a', email: 'a@example.com', additionalFields: { customAttributes: { active: false } } },
			/must not contain "active", which has its own operations/,
		],
		[
			'user update',
			{ userId: by('id', 'x'), updateFields: { customAttributes: { ACTIVE: true } } },
			/must not contain "ACTIVE"/,
		],
		[
			'user update',
			{
				userId: by('id', 'x'),
				updateFields: { customAttributes: { 'urn:ietf:params:scim:schemas:core:2.0:User': { active: true } } },
			},
			/must not contain "urn:.*is the URN of the core attributes/,
		],
		[
			'user update',
			{
				userId: by('id', 'x'),
				updateFields: { customAttributes: { 'urn:ietf:params:scim:schemas:core:2.0:User:active': true } },
			},
			/must not contain/,
		],
		[
			'user update',
			{
				userId: by('id', 'x'),
				updateFields: {
					customAttributes: { 'urn:scim:schemas:extension:atlassian-external:1.0': { atlassianAccountId: 'x' } },
				},
			},
			/is set by Atlassian/,
		],
		[
			'user create',
			{ userName: 'a', email: 'a@example.com', additionalFields: { title: 'x', customAttributes: { Title: 'y' } } },
			/contains "Title", which is also set by a field of this node/,
		],
		[
			'user create',
			{ userName: 'a', email: 'a@example.com', additionalFields: { title: 'x', customAttributes: { title: 'y' } } },
			/contains "title", which is also set by a field of this node/,
		],
		[
			'user create',
			{
				userName: 'a',
				email: 'a@example.com',
				additionalFields: { givenName: 'x', customAttributes: { name: { givenName: 'y' } } },
			},
			/contains "name", which is also set by a field of this node/,
		],
		[
			'user create',
			{ userName: 'a', email: 'a@example.com', additionalFields: { phoneNumbers: { phoneNumber: [{ value: '' }] } } },
			/'Number' in row 1 of 'Phone Numbers' is empty/,
		],
		['user update', { userId: by('id', 'x'), updateFields: {} }, /'Update Fields' is empty/],
		['user update', { userId: by('id', 'x'), updateFields: { userName: ' ' } }, /'User Name' is empty/],
		['user update', { userId: by('id', 'x'), updateFields: { email: 'x' } }, /'Email' is not an email address/],
		['group addMembers', { groupId: by('id', 'x'), userIds: 'a@' }, /'Users' is not an email address/],
		['group create', { name: '={{ " " }}' }, /'Name' is empty/],
	];
	test.each(cases)('%s %j', async (name, parameters, message) => {
		const { error } = await runDirectory(world, name, parameters);
		expect(error?.message).toMatch(message);
		expect(await simulator.log()).toEqual([]);
	});

	test.each(['../Groups/1', 'a/../../b', 'x?filter=1#y', '" or userName sw "', 'a "b" \\ c'])(
		'a user name that looks like a path or a filter is escaped: %j',
		async (userName) => {
			await simulator.sendScim('POST', '/Users', {
				body: {
					schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
					userName,
					emails: [{ value: 'odd@example.com', primary: true }],
				},
			});
			await simulator.clearLog();
			const { items } = await runDirectory(world, 'user get', { userId: by('userName', userName) });
			expect(items).toEqual([expect.objectContaining({ userName, email: 'odd@example.com' })]);
			expect(await simulator.log()).toEqual([
				expect.objectContaining({
					method: 'GET',
					path: '/Users',
					query: { filter: `userName eq ${JSON.stringify(userName)}`, startIndex: '1', count: '100' },
				}),
			]);
		},
	);
});
