import { startSimulator, type Simulator } from '../support/simulator';
import {
	ACCOUNT,
	ask as askSimulator,
	CUSTOM,
	DEFAULTS,
	ENTERPRISE,
	patch as patchSimulator,
	person,
	rejection,
	team,
	USER,
	type Resource,
} from './scim';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.reset(DEFAULTS));

const ask = async (method: string, path: string, body?: unknown) => await askSimulator(simulator, method, path, body);
const create = async (email: string, more: Record<string, unknown> = {}) =>
	(await ask('POST', '/Users', person(email, more))).body;
const patch = async ({ id }: Resource, ...operations: unknown[]) =>
	await patchSimulator(simulator, `/Users/${id}`, ...operations);
const seeded = async (index = 0) => Object.values((await simulator.directory()).users)[index];
const accountOf = (user: Resource) => (user[ACCOUNT] as { atlassianAccountId: string }).atlassianAccountId;
const primary = (value: string) => [{ value, primary: true }];

const EVERYTHING = {
	externalId: 'Hr-1',
	name: {
		formatted: 'Dr. A B C III',
		familyName: 'C',
		givenName: 'A',
		middleName: 'B',
		honorificPrefix: 'Dr.',
		honorificSuffix: 'III',
	},
	displayName: 'A C',
	nickName: 'Ace',
	title: 'Boss',
	preferredLanguage: 'de',
	department: 'Top',
	organization: 'Acme',
	timezone: 'Europe/Berlin',
	active: false,
	phoneNumbers: [
		{ value: '+1', type: 'work', primary: true },
		{ value: '+2', type: 'mobile' },
	],
	[ENTERPRISE]: { organization: 'Acme Inc', department: 'Below', manager: { value: 'x' } },
	[CUSTOM]: { color: 'red', floors: [1, 2] },
	'urn:ietf:params:scim:schemas:extension:acme:2.0:User': { badge: { number: 7 } },
};

describe('POST', () => {
	test('saves all attributes and adds those of the service', async () => {
		const { status, body } = await ask('POST', '/Users', person('A@example.com', EVERYTHING));
		expect(status).toBe(201);
		expect(body).toEqual({
			...person('A@example.com', EVERYTHING),
			schemas: expect.arrayContaining([USER, ENTERPRISE, CUSTOM, ACCOUNT]),
			id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
			groups: [],
			meta: {
				resourceType: 'User',
				created: expect.any(String),
				lastModified: expect.any(String),
				location: expect.stringContaining(`/Users/${body.id}`),
			},
			[ACCOUNT]: { atlassianAccountId: expect.stringMatching(/^712020:/) },
		});
		expect((await ask('GET', `/Users/${body.id}`)).body).toEqual(body);
		expect(
			(await simulator.sendScim('GET', (body.meta as { location: string }).location.replace(/.*(?=\/Users)/, '')))
				.status,
		).toBe(200);
		expect(await simulator.problems()).toEqual([]);
	});

	test('ignores read-only attributes', async () => {
		const { id, groups, meta } = await create('a@example.com', {
			id: 'mine',
			groups: [{ value: 'x' }],
			meta: { created: 'never' },
			[ACCOUNT]: { atlassianAccountId: '1' },
		});
		expect(id).not.toBe('mine');
		expect(groups).toEqual([]);
		expect(meta).toMatchObject({ created: expect.stringMatching(/^\d{4}-/) });
	});

	test('treats null as no value', async () => {
		const user = await create('a@example.com', {
			title: null,
			name: null,
			phoneNumbers: null,
			active: null,
			[ENTERPRISE]: { department: null },
		});
		expect(Object.keys(user).sort()).toEqual(Object.keys(await create('b@example.com')).sort());
		expect(user.active).toBe(true);
	});

	test('creates active users by default', async () => {
		expect(await create('a@example.com')).toMatchObject({ active: true });
		expect((await simulator.directory()).accounts['a@example.com']).toMatchObject({ active: true });
	});

	test.each([
		['missing schemas', { schemas: undefined }],
		['a missing user name', { userName: undefined }],
		['an empty user name', { userName: ' ' }],
		['missing emails', { emails: undefined }],
		['an empty list of emails', { emails: [] }],
		['emails without a primary one', { emails: [{ value: 'a@example.com' }] }],
		['two primary emails', { emails: [...primary('a@example.com'), ...primary('b@example.com')] }],
		['an empty email', { emails: primary('') }],
		['text for a boolean', { active: 'False' }],
		['a number for text', { title: 5 }],
		['an extension that is not an object', { schemas: [USER, CUSTOM], [CUSTOM]: 'red' }],
	])('rejects %s', async (_, change) => {
		const { status, body } = await ask('POST', '/Users', { ...person('a@example.com'), ...change });
		expect([status, body]).toEqual([400, rejection(400, 'invalidValue')]);
		expect(await simulator.problems()).toEqual([]);
		expect(Object.keys((await simulator.directory()).users)).toHaveLength(250);
	});

	test.each([
		['an unknown attribute', { colour: 'red' }],
		['an attribute that Atlassian does not list', { addresses: [] }],
		['an unknown sub-attribute', { name: { first: 'A' } }],
		['an unknown sub-attribute in a list', { emails: [{ value: 'a@example.com', primary: true, verified: true }] }],
		['an unknown attribute of an extension', { schemas: [USER, ENTERPRISE], [ENTERPRISE]: { colour: 'red' } }],
		['an extension that is missing in the schemas', { [CUSTOM]: { color: 'red' } }],
	])('rejects %s and logs a problem', async (_, change) => {
		const { status, body } = await ask('POST', '/Users', { ...person('a@example.com'), ...change });
		expect([status, body]).toEqual([400, rejection(400, 'invalidSyntax', expect.stringMatching(/^Simulator: /))]);
		expect(await simulator.problems()).toHaveLength(1);
	});

	test('rejects other schemas', async () => {
		expect((await ask('POST', '/Users', { ...person('a@example.com'), schemas: [ENTERPRISE] })).body).toEqual(
			rejection(400, 'invalidSyntax'),
		);
	});

	test('rejects emails and user names that are taken, regardless of case', async () => {
		const { attributes } = await seeded();
		const name = attributes.userName.toUpperCase();
		expect(await ask('POST', '/Users', person(name))).toMatchObject({
			status: 409,
			body: rejection(409, 'uniqueness', `Resource [USER]: with email[${name}] already exists.`),
		});
		const other = await ask('POST', '/Users', { ...person('a@example.com'), userName: name });
		expect(other).toMatchObject({
			status: 409,
			body: rejection(409, 'uniqueness', `Resource [USER]: with userName[${name}] already exists.`),
		});
	});

	test.each(['1.0', '2.0'])('shows the account ID in version %s of its extension', async (accountExtension) => {
		await simulator.options({ accountExtension });
		const urn = `urn:scim:schemas:extension:atlassian-external:${accountExtension}`;
		expect(await create('a@example.com')).toMatchObject({
			schemas: [USER, urn],
			[urn]: { atlassianAccountId: expect.any(String) },
		});
	});
});

describe('accounts', () => {
	test('that exist are linked to new users', async () => {
		const { accounts } = await simulator.directory();
		expect(accounts['guest.0@example.com']).toMatchObject({ active: true, userId: null });
		const user = await create('Guest.0@example.com', { active: false });
		expect(accountOf(user)).toBe(accounts['guest.0@example.com'].id);
		expect((await simulator.directory()).accounts['guest.0@example.com']).toEqual({
			id: accountOf(user),
			active: false,
			userId: user.id,
		});
	});

	test('are deactivated and reactivated together with their users', async () => {
		const user = await create('a@example.com');
		const active = async () => (await simulator.directory()).accounts['a@example.com'].active;
		await patch(user, { op: 'replace', path: 'active', value: false });
		expect(await active()).toBe(false);
		await patch(user, { op: 'replace', path: 'active', value: true });
		expect(await active()).toBe(true);
		await ask('PUT', `/Users/${user.id}`, person('a@example.com', { active: false }));
		expect(await active()).toBe(false);
		expect((await ask('GET', `/Users/${user.id}`)).status).toBe(200);
	});

	test('are kept when their user is deleted and linked to the next user', async () => {
		const { id, accountId, attributes, groupIds } =
			Object.values((await simulator.directory()).users).find(
				(user) => user.groupIds.length > 0 && user.attributes.active,
			) ?? (await seeded());
		expect((await ask('DELETE', `/Users/${id}`)).status).toBe(204);
		for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
			expect(
				await ask(
					method,
					`/Users/${id}`,
					method === 'GET' || method === 'DELETE' ? undefined : person('a@example.com'),
				),
			).toMatchObject({ status: 404, body: rejection(404) });
		}
		const { accounts, groups } = await simulator.directory();
		expect(accounts[attributes.userName.toLowerCase()]).toEqual({ id: accountId, active: false, userId: null });
		expect(groups[groupIds[0]].memberIds).not.toContain(id);
		const again = await create(attributes.userName);
		expect(again.id).not.toBe(id);
		expect(accountOf(again)).toBe(accountId);
		expect((await simulator.directory()).accounts[attributes.userName.toLowerCase()].active).toBe(true);
	});

	test('prevent other users from using their email', async () => {
		const user = await create('a@example.com');
		for (const email of [(await seeded()).attributes.userName, 'guest.1@example.com']) {
			const expected = {
				status: 409,
				body: rejection(409, 'uniqueness', `Resource [USER]: with email[${email}] already exists.`),
			};
			expect(await patch(user, { op: 'replace', path: 'emails', value: primary(email) })).toMatchObject(expected);
			expect(
				await ask('PUT', `/Users/${user.id}`, { ...person('a@example.com'), emails: primary(email) }),
			).toMatchObject(expected);
		}
		expect((await ask('GET', `/Users/${user.id}`)).body).toEqual(user);
	});

	test('stay linked to a user whose email changes', async () => {
		const user = await create('a@example.com');
		const changed = await patch(
			user,
			{ op: 'replace', path: 'emails', value: primary('b@example.com') },
			{ op: 'replace', path: 'userName', value: 'b@example.com' },
		);
		expect(accountOf(changed.body)).toBe(accountOf(user));
		expect(Object.keys((await simulator.directory()).accounts)).not.toContain('a@example.com');
		expect(accountOf(await create('a@example.com'))).not.toBe(accountOf(user));
	});
});

describe('PUT', () => {
	test('clears omitted attributes', async () => {
		const user = await create('a@example.com', EVERYTHING);
		const { status, body } = await ask('PUT', `/Users/${user.id}`, {
			...person('a@example.com'),
			id: 'other',
			title: 'Chief',
		});
		expect(status).toBe(200);
		expect(body).toEqual({
			...person('a@example.com'),
			schemas: [USER, ACCOUNT],
			id: user.id,
			title: 'Chief',
			active: true,
			groups: [],
			meta: { ...(user.meta as object), lastModified: expect.any(String) },
			[ACCOUNT]: user[ACCOUNT],
		});
	});

	test('accepts an unchanged response as the body', async () => {
		const user = await create('a@example.com', EVERYTHING);
		expect((await ask('PUT', `/Users/${user.id}`, user)).body).toEqual({ ...user, meta: expect.anything() });
	});

	test('keeps memberships', async () => {
		const user = await create('a@example.com');
		const { body: group } = await ask('POST', '/Groups', team('New', [user.id]));
		const { body } = await ask('PUT', `/Users/${user.id}`, person('a@example.com'));
		expect(body.groups).toEqual([{ value: group.id, display: 'New', type: 'direct' }]);
	});

	test('has the same required attributes as POST', async () => {
		const { id } = await create('a@example.com');
		expect((await ask('PUT', `/Users/${id}`, { schemas: [USER], userName: 'a@example.com' })).body).toEqual(
			rejection(400, 'invalidValue'),
		);
	});
});

describe('PATCH', () => {
	const BEFORE = {
		title: 'Boss',
		name: { givenName: 'A', familyName: 'B' },
		phoneNumbers: [
			{ value: '+1', type: 'work' },
			{ value: '+2', type: 'mobile' },
		],
		[ENTERPRISE]: { department: 'X', division: 'Y' },
		[CUSTOM]: { color: 'red', floors: [1] },
	};
	const CHANGES: Array<[string, unknown, Record<string, unknown>]> = [
		['replaces active', { op: 'replace', path: 'active', value: false }, { active: false }],
		['replaces an attribute', { op: 'replace', path: 'title', value: 'Chief' }, { title: 'Chief' }],
		['adds an attribute', { op: 'add', path: 'department', value: 'D' }, { department: 'D' }],
		['removes an attribute', { op: 'remove', path: 'title' }, { title: undefined }],
		['removes an attribute with null', { op: 'replace', path: 'title', value: null }, { title: undefined }],
		[
			'replaces a sub-attribute',
			{ op: 'replace', path: 'name.givenName', value: 'C' },
			{ name: { givenName: 'C', familyName: 'B' } },
		],
		[
			'replaces a list',
			{ op: 'replace', path: 'phoneNumbers', value: [{ value: '+3' }] },
			{ phoneNumbers: [{ value: '+3' }] },
		],
		[
			'adds an entry',
			{ op: 'add', path: 'phoneNumbers', value: [{ value: '+3' }] },
			{ phoneNumbers: [...BEFORE.phoneNumbers, { value: '+3' }] },
		],
		[
			'replaces an entry by filter',
			{ op: 'replace', path: 'phoneNumbers[type eq "work"].value', value: '+9' },
			{
				phoneNumbers: [
					{ value: '+9', type: 'work' },
					{ value: '+2', type: 'mobile' },
				],
			},
		],
		[
			'removes an entry',
			{ op: 'remove', path: 'phoneNumbers[type eq "work"]' },
			{ phoneNumbers: [{ value: '+2', type: 'mobile' }] },
		],
		[
			'removes a list regardless of the value',
			{ op: 'remove', path: 'phoneNumbers', value: [{ value: '+1' }] },
			{ phoneNumbers: undefined },
		],
		['accepts the core URN', { op: 'replace', path: `${USER}:title`, value: 'Chief' }, { title: 'Chief' }],
		[
			'replaces an enterprise attribute',
			{ op: 'replace', path: `${ENTERPRISE}:department`, value: 'Z' },
			{ [ENTERPRISE]: { department: 'Z', division: 'Y' } },
		],
		[
			'removes an enterprise attribute',
			{ op: 'remove', path: `${ENTERPRISE}:department` },
			{ [ENTERPRISE]: { division: 'Y' } },
		],
		[
			'removes an enterprise attribute with null',
			{ op: 'replace', path: `${ENTERPRISE}:department`, value: null },
			{ [ENTERPRISE]: { division: 'Y' } },
		],
		[
			'replaces the enterprise extension',
			{ op: 'replace', path: ENTERPRISE, value: { department: 'Z' } },
			{ [ENTERPRISE]: { department: 'Z' } },
		],
		[
			'adds to the enterprise extension',
			{ op: 'add', path: ENTERPRISE, value: { costCenter: 'Z' } },
			{ [ENTERPRISE]: { department: 'X', division: 'Y', costCenter: 'Z' } },
		],
		['removes the enterprise extension', { op: 'remove', path: ENTERPRISE }, { [ENTERPRISE]: undefined }],
		[
			'replaces a custom attribute',
			{ op: 'replace', path: `${CUSTOM}:color`, value: 'blue' },
			{ [CUSTOM]: { color: 'blue', floors: [1] } },
		],
		[
			'changes a custom list',
			{ op: 'add', path: `${CUSTOM}:floors`, value: [2] },
			{ [CUSTOM]: { color: 'red', floors: [1, 2] } },
		],
		[
			'changes a custom object',
			{ op: 'add', path: `${CUSTOM}:desk`, value: { row: 1 } },
			{ [CUSTOM]: { color: 'red', floors: [1], desk: { row: 1 } } },
		],
		['removes a custom attribute', { op: 'remove', path: `${CUSTOM}:color` }, { [CUSTOM]: { floors: [1] } }],
		['replaces a custom extension', { op: 'replace', path: CUSTOM, value: { size: 1 } }, { [CUSTOM]: { size: 1 } }],
		[
			'adds to a custom extension',
			{ op: 'add', path: CUSTOM, value: { size: 1 } },
			{ [CUSTOM]: { color: 'red', floors: [1], size: 1 } },
		],
		['removes a custom extension', { op: 'remove', path: CUSTOM }, { [CUSTOM]: undefined }],
		[
			'adds an attribute of a new custom extension',
			{ op: 'add', path: 'urn:x:y:Z:a', value: 1 },
			{ 'urn:x:y:Z': { a: 1 } },
		],
		['adds a new custom extension', { op: 'add', path: 'urn:x:y:Z', value: { a: 1 } }, { 'urn:x:y:Z': { a: 1 } }],
		[
			'accepts a value without a path',
			{
				op: 'replace',
				value: {
					title: 'Chief',
					active: false,
					'name.givenName': 'C',
					phoneNumbers: [{ value: '+3' }],
					[`${ENTERPRISE}:department`]: 'Z',
					[CUSTOM]: { size: 1 },
				},
			},
			{
				title: 'Chief',
				active: false,
				name: { givenName: 'C', familyName: 'B' },
				phoneNumbers: [{ value: '+3' }],
				[ENTERPRISE]: { department: 'Z', division: 'Y' },
				[CUSTOM]: { size: 1 },
			},
		],
	];

	test.each(CHANGES)('%s', async (_, operation, changes) => {
		const user = await create('a@example.com', BEFORE);
		const { status, body } = await patch(user, operation);
		expect(status).toBe(200);
		const expected = { ...user, ...changes };
		expect({ ...body, schemas: user.schemas }).toEqual({
			...expected,
			meta: { ...(user.meta as object), lastModified: expect.any(String) },
		});
		expect(new Set(body.schemas)).toEqual(
			new Set([
				USER,
				...Object.keys(JSON.parse(JSON.stringify(expected)) as object).filter((name) => name.startsWith('urn:')),
			]),
		);
		expect((await ask('GET', `/Users/${user.id}`)).body).toEqual(body);
		expect(await simulator.problems()).toEqual([]);
	});

	test('applies operations in order, and all or none of them', async () => {
		const user = await create('a@example.com', BEFORE);
		const { body } = await patch(
			user,
			{ op: 'add', path: 'title', value: 'Chief' },
			{ op: 'remove', path: 'title' },
			{ op: 'add', path: 'nickName', value: 'Ace' },
		);
		expect([body.title, body.nickName]).toEqual([undefined, 'Ace']);
		expect(
			(
				await patch(
					user,
					{ op: 'replace', path: `${CUSTOM}:color`, value: 'blue' },
					{ op: 'replace', path: 'active', value: 'no' },
				)
			).status,
		).toBe(400);
		expect((await ask('GET', `/Users/${user.id}`)).body).toEqual(body);
	});

	test('also accepts operations in lower case', async () => {
		const { id } = await create('a@example.com');
		const sent = {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			operations: [{ op: 'replace', path: 'active', value: false }],
		};
		expect((await ask('PATCH', `/Users/${id}`, sent)).body).toMatchObject({ active: false });
	});

	test('returns the user if nothing changes', async () => {
		const user = await create('a@example.com');
		expect((await patch(user, { op: 'replace', path: 'active', value: true })).body).toMatchObject({
			id: user.id,
			active: true,
		});
	});

	test.each([
		['an unknown path', { op: 'replace', path: 'colour', value: 'red' }, 'invalidPath'],
		['an unknown sub-attribute', { op: 'replace', path: 'name.first', value: 'A' }, 'invalidPath'],
		['a wrong type', { op: 'replace', path: 'active', value: 'False' }, 'invalidValue'],
		['a missing value', { op: 'replace', path: 'active' }, 'invalidValue'],
		['a value without a path that is not an object', { op: 'replace', value: false }, 'invalidValue'],
		['a removal without a path', { op: 'remove' }, 'noTarget'],
		['an unknown operation', { op: 'set', path: 'active', value: true }, 'invalidSyntax'],
		['an operation that is not an object', null, 'invalidValue'],
		['the removal of a required attribute', { op: 'remove', path: 'userName' }, 'invalidValue'],
		['the removal of the emails', { op: 'remove', path: 'emails' }, 'invalidValue'],
		['a second primary email', { op: 'add', path: 'emails', value: primary('b@example.com') }, 'invalidValue'],
		['a change of the ID', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
		['a change of the groups', { op: 'add', path: 'groups', value: [{ value: 'x' }] }, 'mutability'],
		['a change of the account', { op: 'replace', path: `${ACCOUNT}:atlassianAccountId`, value: 'x' }, 'mutability'],
		['a custom extension that is not an object', { op: 'replace', path: CUSTOM, value: 'red' }, 'invalidValue'],
	])('rejects %s', async (_, operation, scimType) => {
		const user = await create('a@example.com', BEFORE);
		const { status, body } = await patch(user, operation);
		expect([status, body]).toEqual([400, rejection(400, scimType)]);
		expect((await ask('GET', `/Users/${user.id}`)).body).toEqual(user);
	});

	test.each([
		['a missing schema', { Operations: [] }],
		['another schema', { schemas: [USER], Operations: [{ op: 'replace', path: 'active', value: false }] }],
	])('rejects %s', async (_, sent) => {
		const { id } = await create('a@example.com');
		expect((await ask('PATCH', `/Users/${id}`, sent)).body).toEqual(rejection(400, 'invalidSyntax'));
	});

	test.each([
		['an unknown name in a value', { op: 'replace', path: 'name', value: { first: 'A' } }],
		['an unknown name in an operation', { op: 'replace', path: 'active', value: false, Value: true }],
	])('rejects %s and logs a problem', async (_, operation) => {
		expect((await patch(await create('a@example.com'), operation)).body).toEqual(
			rejection(400, 'invalidSyntax', expect.stringMatching(/^Simulator: /)),
		);
		expect(await simulator.problems()).toHaveLength(1);
	});
});
