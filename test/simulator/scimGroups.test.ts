import { startSimulator, type Simulator } from '../support/simulator';
import { ask as askSimulator, DEFAULTS, GROUP, patch as patchSimulator, rejection, team, type Resource } from './scim';

let simulator: Simulator;
let userIds: string[];
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ ...DEFAULTS, ...options });
	userIds = Object.keys((await simulator.directory()).users);
}

const ask = async (method: string, path: string, body?: unknown) => await askSimulator(simulator, method, path, body);
const create = async (name: string, memberIds: string[] = []) =>
	(await ask('POST', '/Groups', team(name, memberIds))).body;
const patch = async ({ id }: Resource, ...operations: unknown[]) =>
	await patchSimulator(simulator, `/Groups/${id}`, ...operations);
const members = ({ members: held }: Resource) => (held as Array<{ value: string }>).map(({ value }) => value);
const byId = (id: string) => `members[value eq "${id}"]`;

describe('POST', () => {
	test('creates a group and adds its members', async () => {
		await start();
		const { status, body } = await ask('POST', '/Groups', { ...team('New', userIds.slice(0, 2)), externalId: 'g1' });
		expect(status).toBe(201);
		const { users } = await simulator.directory();
		expect(body).toEqual({
			schemas: [GROUP],
			id: expect.any(String),
			externalId: 'g1',
			displayName: 'New',
			members: userIds.slice(0, 2).map((id) => ({ value: id, display: users[id].attributes.displayName })),
			meta: {
				resourceType: 'Group',
				created: expect.any(String),
				lastModified: expect.any(String),
				location: expect.stringContaining(`/Groups/${body.id}`),
			},
		});
		expect((await ask('GET', `/Groups/${body.id}`)).body).toEqual(body);
		expect((await ask('GET', `/Users/${userIds[0]}`)).body.groups).toContainEqual({
			value: body.id,
			display: 'New',
			type: 'direct',
		});
	});

	test('rejects a name that is taken', async () => {
		await start();
		const detail = 'Resource [GROUP]: with displayName[Statuspage Acme] already exists.';
		expect(await ask('POST', '/Groups', team('Statuspage Acme'))).toMatchObject({
			status: 409,
			body: rejection(409, 'uniqueness', detail),
		});
	});

	test.each([
		['a missing schema', { displayName: 'New' }],
		['a missing name', { schemas: [GROUP] }],
		['an empty name', { schemas: [GROUP], displayName: '' }],
	])('rejects %s', async (_, body) => {
		await start();
		expect((await ask('POST', '/Groups', body)).body).toEqual(rejection(400, 'invalidValue'));
	});

	test.each([
		['an unknown attribute', { colour: 'red' }],
		['an extension', { schemas: [GROUP, 'urn:x:y:Z'], 'urn:x:y:Z': { a: 1 } }],
		['an attribute of users', { groups: [] }],
		['an unknown attribute of a member', { members: [{ id: 'x' }] }],
	])('rejects %s and logs a problem', async (_, change) => {
		await start();
		expect((await ask('POST', '/Groups', { ...team('New'), ...change })).body).toEqual(
			rejection(400, 'invalidSyntax', expect.stringMatching(/^Simulator: /)),
		);
		expect(await simulator.problems()).toHaveLength(1);
	});
});

describe('an unknown member', () => {
	test('is rejected without naming the ID, and nothing is changed', async () => {
		await start();
		const group = await create('New', [userIds[0]]);
		const answers = [
			await ask('POST', '/Groups', team('Other', [userIds[1], 'nobody'])),
			await ask('PUT', `/Groups/${group.id}`, team('New', [userIds[1], 'nobody'])),
			await patch(
				group,
				{ op: 'add', path: 'members', value: [{ value: userIds[1] }] },
				{ op: 'add', path: 'members', value: [{ value: 'nobody' }] },
			),
		];
		for (const { status, body } of answers)
			expect([status, body]).toEqual([400, rejection(400, 'invalidValue', expect.not.stringContaining('nobody'))]);
		expect((await ask('GET', `/Groups/${group.id}`)).body).toEqual(group);
		expect(Object.keys((await simulator.directory()).groups)).toHaveLength(10);
	});

	test('is ignored if the option is set', async () => {
		await start({ unknownIds: 'ignore' });
		const group = await create('New', [userIds[0], 'nobody']);
		expect(members(group)).toEqual([userIds[0]]);
		expect(
			members(
				(await patch(group, { op: 'add', path: 'members', value: [{ value: 'nobody' }, { value: userIds[1] }] })).body,
			),
		).toEqual(userIds.slice(0, 2));
	});
});

describe('PUT', () => {
	test('replaces the members', async () => {
		await start();
		const group = await create('New', userIds.slice(0, 3));
		const { status, body } = await ask('PUT', `/Groups/${group.id}`, team('New', [userIds[5]]));
		expect([status, members(body)]).toEqual([200, [userIds[5]]]);
		expect(members((await ask('PUT', `/Groups/${group.id}`, { schemas: [GROUP], displayName: 'New' })).body)).toEqual(
			[],
		);
		const { users } = await simulator.directory();
		for (const id of [...userIds.slice(0, 3), userIds[5]]) expect(users[id].groupIds).not.toContain(group.id);
	});
});

test('the name cannot be changed', async () => {
	await start();
	const group = await create('New', [userIds[0]]);
	const answers = [
		await ask('PUT', `/Groups/${group.id}`, team('Newer')),
		await patch(group, { op: 'replace', path: 'displayName', value: 'Newer' }),
		await patch(group, { op: 'replace', value: { displayName: 'Newer' } }),
	];
	for (const { status, body } of answers) expect([status, body]).toEqual([400, rejection(400, 'mutability')]);
	expect((await ask('GET', `/Groups/${group.id}`)).body).toEqual(group);
	expect((await patch(group, { op: 'replace', value: { displayName: 'New', members: [] } })).body).toMatchObject({
		displayName: 'New',
		members: [],
	});
});

describe('PATCH', () => {
	const value = (...indexes: number[]) => indexes.map((index) => ({ value: userIds[index], display: 'as you like' }));
	const CHANGES: Array<[string, () => unknown[], number[]]> = [
		['adds', () => [{ op: 'add', path: 'members', value: value(2, 3) }], [0, 1, 2, 3]],
		['adds one', () => [{ op: 'add', path: 'members', value: value(2)[0] }], [0, 1, 2]],
		['adds a member only once', () => [{ op: 'add', path: 'members', value: value(1, 1, 2) }], [0, 1, 2]],
		['adds without a path', () => [{ op: 'add', value: { members: value(2) } }], [0, 1, 2]],
		['replaces', () => [{ op: 'replace', path: 'members', value: value(4) }], [4]],
		['replaces without a path', () => [{ op: 'replace', value: { members: value(4) } }], [4]],
		['removes by path', () => [{ op: 'remove', path: byId(userIds[0]) }], [1]],
		[
			'removes several',
			() => [
				{ op: 'remove', path: byId(userIds[0]) },
				{ op: 'remove', path: byId(userIds[1]) },
			],
			[],
		],
		['ignores the removal of a user who is not a member', () => [{ op: 'remove', path: byId(userIds[9]) }], [0, 1]],
		['removes all', () => [{ op: 'remove', path: 'members' }], []],
		['removes all regardless of the value', () => [{ op: 'remove', path: 'members', value: value(0) }], []],
		[
			'applies operations in order',
			() => [
				{ op: 'remove', path: byId(userIds[0]) },
				{ op: 'add', path: 'members', value: value(0, 2) },
			],
			[1, 0, 2],
		],
	];

	test.each(CHANGES)('%s', async (_, operations, left) => {
		await start();
		const group = await create('New', userIds.slice(0, 2));
		const { status, body } = await patch(group, ...operations());
		expect([status, members(body)]).toEqual([200, left.map((index) => userIds[index])]);
		expect((await ask('GET', `/Groups/${group.id}`)).body).toEqual(body);
		const { users } = await simulator.directory();
		expect(userIds.filter((id) => users[id].groupIds.includes(group.id)).sort()).toEqual(members(body).sort());
	});

	test('rejects paths with a member if the option is set', async () => {
		await start({ memberPaths: 'rejected' });
		const group = await create('New', userIds.slice(0, 2));
		const { status, body } = await patch(
			group,
			{ op: 'add', path: 'members', value: value(2) },
			{ op: 'remove', path: byId(userIds[0]) },
		);
		expect([status, body]).toEqual([400, rejection(400, 'invalidPath')]);
		expect((await ask('GET', `/Groups/${group.id}`)).body).toEqual(group);
		expect(members((await patch(group, { op: 'remove', path: 'members' })).body)).toEqual([]);
	});

	test('rejects unknown paths', async () => {
		await start();
		const group = await create('New');
		for (const path of ['colour', 'urn:x:y:Z:a'])
			expect((await patch(group, { op: 'add', path, value: 'red' })).body).toEqual(rejection(400, 'invalidPath'));
	});

	test('keeps all members when several requests arrive at the same time', async () => {
		await start();
		const group = await create('New');
		await Promise.all(
			userIds
				.slice(0, 40)
				.map(async (id) => await patch(group, { op: 'add', path: 'members', value: [{ value: id }] })),
		);
		expect(members((await ask('GET', `/Groups/${group.id}`)).body).sort()).toEqual(userIds.slice(0, 40).sort());
	});
});

test('DELETE also removes the memberships', async () => {
	await start();
	const group = await create('New', [userIds[0]]);
	expect((await ask('DELETE', `/Groups/${group.id}`)).status).toBe(204);
	expect((await simulator.directory()).users[userIds[0]].groupIds).not.toContain(group.id);
	for (const method of ['GET', 'DELETE'])
		expect(await ask(method, `/Groups/${group.id}`)).toMatchObject({ status: 404, body: rejection(404) });
	expect(await patch(group)).toMatchObject({ status: 404, body: rejection(404) });
});

test('the default group cannot be changed or deleted', async () => {
	await start();
	const { groups } = await simulator.directory();
	const [admins] = Object.values(groups).filter(({ isDefault }) => isDefault);
	const { body: group } = await ask('GET', `/Groups/${admins.id}`);
	const answers = [
		await ask('DELETE', `/Groups/${admins.id}`),
		await ask('PUT', `/Groups/${admins.id}`, team('org-admins')),
		await patch(group, { op: 'add', path: 'members', value: [{ value: userIds[9] }] }),
	];
	for (const { status, body } of answers) expect([status, body]).toEqual([403, rejection(403)]);
	expect((await ask('GET', `/Groups/${admins.id}`)).body).toEqual(group);
});
