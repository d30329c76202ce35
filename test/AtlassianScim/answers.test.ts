import type { IDataObject } from 'n8n-workflow';
import { directoryOf, directoryResults, runDirectory, type DirectoryWorld } from '../support/directory';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Fault, type Simulator } from '../support/simulator';

let simulator: Simulator;
let world: DirectoryWorld;
useFastClock();
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.clearFaults();
	await simulator.reset({ directoryUsers: 250, latency: 0, memberPaths: 'taken', ...options });
	world = await directoryOf(simulator);
	await simulator.clearLog();
}

type Bad = [string, Partial<Fault> & Pick<Fault, 'kind'>];
const always = 1000;
const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');
const membersNow = async () => (await simulator.directory()).groups[world.groups[0].id].memberIds;
const outsiders = (count: number) =>
	world.users
		.filter(({ id }) => !world.groups[0].memberIds.includes(id))
		.slice(0, count)
		.map(({ id }) => id);
const change = async (operation: string, userIds: string[]) =>
	await runDirectory(world, `group ${operation}`, { groupId: by('id', world.groups[0].id), userIds });

const BODIES: Bad[] = [
	['a message', { kind: 'body', body: { detail: 'x' } }],
	['an empty object', { kind: 'body', body: {} }],
	['an empty list', { kind: 'body', body: [] }],
	['null', { kind: 'body', body: null }],
	['text', { kind: 'body', body: 'ok' }],
	[
		'a page of HTML',
		{ kind: 'body', body: '<html><title>Sign in</title></html>', headers: { 'content-type': 'text/html' } },
	],
];
const missing = (...drop: string[]): Bad => [`without ${drop.join()}`, { kind: 'fields', drop }];
const as = (name: string, value: unknown): Bad => [
	`${name}: ${JSON.stringify(value)}`,
	{ kind: 'fields', set: { [name]: value } },
];

describe('a deletion is only reported if it was done', () => {
	const instead: Bad[] = [
		['a page of HTML', { kind: 'html', status: 200 }],
		['a message', { kind: 'status', status: 200, body: { detail: 'ok' } }],
		['text', { kind: 'status', status: 202, body: 'accepted', headers: { 'content-type': 'text/plain' } }],
	];
	const deletions: Array<[string, () => IDataObject]> = [
		['user delete', () => ({ userId: by('id', world.users[3].id) })],
		['group delete', () => ({ groupId: by('id', world.groups[0].id) })],
	];
	describe.each(instead)('%s', (_, fault) => {
		test.each(deletions)('%s', async (name, parameters) => {
			await simulator.fault({ ...fault, match: { method: 'DELETE' }, times: always });
			const { items, error } = await runDirectory(world, name, { ...parameters(), options: { ignoreIfMissing: true } });
			expect([items, error?.message]).toEqual([[], expect.stringMatching(/reported success, but the .* still exists/)]);
		});
	});

	test.each(deletions)('%s in a missing directory does not report "already deleted"', async (name, parameters) => {
		const elsewhere = { credential: { ...world.credential, directoryId: '635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11' } };
		const { items, error } = await runDirectory(elsewhere, name, {
			...parameters(),
			options: { ignoreIfMissing: true },
		});
		expect([items, error?.httpCode]).toEqual([[], '404']);
	});
});

describe('a group with an invalid answer keeps its members', () => {
	const READ = { method: 'GET', path: 'Groups/[\\w-]+$' };
	const bad: Bad[] = [
		...BODIES,
		missing('id'),
		as('id', 'other'),
		as('members', 'abc'),
		as('members', {}),
		as('members', [null]),
		as('members', [{}]),
		as('members', [{ value: 5 }]),
	];

	test.each(bad)('%s, always', async (_, fault) => {
		await simulator.fault({ ...fault, match: READ, times: always });
		for (const [operation, ids] of [
			['addMembers', outsiders(3)],
			['removeMembers', world.groups[0].memberIds.slice(0, 3)],
		] as const) {
			const { items, error } = await change(operation, ids);
			expect(items).toEqual([]);
			expect(error?.message).toContain(`group ${world.groups[0].id}`);
		}
		expect(await writes()).toEqual([]);
		expect(await membersNow()).toEqual(world.groups[0].memberIds);
	});

	test.each([missing('members'), as('members', null)])(
		'%s: members are unset, so a removal is sent for members who are not listed',
		async (_, fault) => {
			const leaving = world.groups[0].memberIds.slice(0, 3);
			await simulator.fault({ ...fault, match: READ, times: always });
			await change('removeMembers', leaving);
			expect(await membersNow()).toEqual(world.groups[0].memberIds.slice(3));
			const joining = outsiders(2);
			await change('addMembers', joining);
			expect(await membersNow()).toEqual(expect.arrayContaining(joining));
		},
	);
});

describe('absence needs evidence', () => {
	/** A user who moves to another page, so the first pass over the directory misses them. */
	const slipped = async (times: number) => {
		const user = world.users.find(({ email, userName }) => email !== userName) ?? world.users[0];
		for (let page = 0; page < times; page++)
			await simulator.fault({
				kind: 'fields',
				set: { emails: [{ value: 'other@example.com', primary: true }] },
				match: { method: 'GET', path: 'Users$' },
				times: 4,
			});
		return user;
	};

	test('a user who was missed by the first pass is found', async () => {
		const user = await slipped(1);
		const [row] = await directoryResults(world, 'user delete', {
			userId: by('email', user.email),
			options: { ignoreIfMissing: true },
		});
		expect(row).toMatchObject({ deleted: true, id: user.id });
	});

	test.each([
		...BODIES,
		missing('totalResults'),
		as('totalResults', null),
		as('totalResults', 'many'),
		as('Resources', null),
		as('Resources', {}),
		as('Resources', [null]),
	])('a list that is %s is not an empty directory', async (_, fault) => {
		const instead: Fault =
			fault.kind === 'fields'
				? {
						kind: 'body',
						body: {
							schemas: [],
							totalResults: 3,
							Resources: [],
							...fault.set,
							...Object.fromEntries((fault.drop ?? []).map((name) => [name, undefined])),
						},
					}
				: fault;
		await simulator.fault({ ...instead, match: { method: 'GET' }, times: always });
		for (const [name, parameters] of [
			['user delete', { userId: by('email', 'nobody@example.com'), options: { ignoreIfMissing: true } }],
			['user getMany', { returnAll: true }],
			['user get', { userId: by('userName', 'nobody') }],
			['group getMany', {}],
		] as Array<[string, IDataObject]>) {
			const { items, error } = await runDirectory(world, name, parameters);
			expect([name, items]).toEqual([name, []]);
			expect(error?.message).not.toMatch(/TypeError|There is no user/);
		}
	});
});

describe('unset attributes', () => {
	test.each([as('emails', null), missing('emails'), as('emails', [])])(
		'a look-up works with %s in all other users',
		async (_, fault) => {
			await simulator.fault({ ...fault, match: { method: 'GET', path: 'Users$' }, times: 3 });
			const [user] = world.users;
			expect((await directoryResults(world, 'user getMany', { returnAll: true })).length).toBe(250);
			expect(await directoryResults(world, 'user get', { userId: by('email', user.email) })).toMatchObject([
				{ id: user.id },
			]);
		},
	);

	test('emails in an unknown format are an error', async () => {
		await simulator.fault({
			kind: 'fields',
			set: { emails: 'a@example.com' },
			match: { method: 'GET' },
			times: always,
		});
		expect((await runDirectory(world, 'user getMany', { returnAll: true })).error?.message).toContain('emails');
	});
});

describe('the answer to a write', () => {
	const user = () => ({ userId: by('id', world.users[1].id) });
	const whole = () => ({ userName: world.users[1].userName, email: world.users[1].email });

	test.each([
		as('active', 'False'),
		as('active', 'false'),
		missing('active'),
		as('active', null),
		as('active', true),
		['nothing', { kind: 'body', status: 204, body: '' }] as Bad,
	])('%s: a deactivation is settled by one read', async (_, fault) => {
		await simulator.fault({ ...fault, match: { method: 'PATCH' } });
		expect(await directoryResults(world, 'user deactivate', user())).toMatchObject([{ active: false }]);
	});

	test.each([as('active', 'perhaps'), as('active', 5), as('active', {})])(
		'%s is an invalid answer',
		async (_, fault) => {
			await simulator.fault({ ...fault, times: always });
			const { items, error } = await runDirectory(world, 'user deactivate', user());
			expect([items, error?.message]).toEqual([[], expect.stringContaining('active of the user has an unknown shape')]);
		},
	);

	test('a deactivation without effect is an error', async () => {
		await simulator.fault({ kind: 'fields', set: { active: true }, times: always });
		expect((await runDirectory(world, 'user deactivate', user())).error?.message).toContain('is not deactivated');
	});

	describe.each([...BODIES, missing('id'), as('id', null), as('id', '')])('%s is not a success', (_, fault) => {
		test.each<[string, () => IDataObject]>([
			['user update', () => ({ ...user(), updateFields: { title: 'x' } })],
			['user replace', () => ({ ...user(), ...whole() })],
			['user create', () => ({ userName: 'new', email: 'new@example.com' })],
			['user get', user],
			['group create', () => ({ name: 'New' })],
			['group get', () => ({ groupId: by('id', world.groups[0].id) })],
			['directory getConfig', () => ({})],
			['directory getSchemas', () => ({})],
		])('%s', async (name, parameters) => {
			const isList = name === 'directory getSchemas';
			if (isList && (fault.kind === 'fields' || Array.isArray(fault.body))) return;
			if (name === 'directory getConfig' && fault.kind === 'fields') return;
			await simulator.fault({ ...fault, times: always });
			const { items, error } = await runDirectory(world, name, parameters());
			expect(items).toEqual([]);
			expect(error?.message).toMatch(/answered the request to/);
			expect(error?.message).not.toMatch(/TypeError|is not (iterable|a function)/);
		});
	});
});

describe('a server that rejects paths in member removals', () => {
	test('causes few requests and a short message', async () => {
		await start({ memberPaths: 'rejected' });
		const members = outsiders(200);
		await change('addMembers', members);
		await simulator.clearLog();
		const { error } = await change('removeMembers', members);
		expect(error?.message.length).toBeLessThan(800);
		expect(error?.message.match(/Invalid path/g)).toHaveLength(1);
		expect((await writes()).length).toBeLessThan(40);
		expect(await membersNow()).toEqual(expect.arrayContaining(members));
	});
});

test.each(['getConfig', 'getResourceTypes', 'getSchemas'])('discovery accepts JSON text: %s', async (operation) => {
	const wanted = await directoryResults(world, `directory ${operation}`);
	const body: Record<string, unknown> = {
		getConfig: wanted[0],
		getResourceTypes: { Resources: wanted },
		getSchemas: wanted,
	};
	await simulator.fault({
		kind: 'body',
		body: JSON.stringify(body[operation]),
		headers: { 'content-type': 'text/plain' },
	});
	expect(await directoryResults(world, `directory ${operation}`)).toEqual(wanted);
	await simulator.fault({
		kind: 'body',
		body: JSON.stringify(JSON.stringify(body[operation])),
		headers: { 'content-type': 'application/json' },
	});
	expect(await directoryResults(world, `directory ${operation}`)).toEqual(wanted);
});
