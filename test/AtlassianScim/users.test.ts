/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { IDataObject } from 'n8n-workflow';
import { directoryOf, directoryResults, runDirectory, type DirectoryWorld } from '../support/directory';
import { startSimulator, type Simulator } from '../support/simulator';

const COUNT = 1250;

let simulator: Simulator;
let world: DirectoryWorld;
beforeAll(async () => (simulator = await startSimulator({ 'directory-users': COUNT })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ accountExtension: '1.0', latency: 0, scimPageSize: 100 });
	world = await directoryOf(simulator);
});

const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const add = async (userName: string, email: string) =>
	await simulator.sendScim('POST', '/Users', {
		body: { schemas: [CORE], userName, emails: [{ value: email, primary: true }] },
	});
const idsNow = async () => Object.keys((await simulator.directory()).users);
const queries = async () => (await simulator.log()).map(({ query }) => query);

describe('the list', () => {
	const all = { returnAll: true };

	test('of 1,250 users takes 13 requests of 100', async () => {
		const rows = await directoryResults(world, 'user getMany', all);
		expect(rows.map(({ id }) => id)).toEqual(world.users.map(({ id }) => id));
		expect(await queries()).toEqual(
			Array.from({ length: 13 }, (_, page) => ({ startIndex: String(page * 100 + 1), count: '100' })),
		);
	});

	test.each([
		['somebody leaves', async () => await simulator.sendScim('DELETE', `/Users/${world.users[0].id}`)],
		['somebody comes', async () => await add('late', 'late@example.com')],
	])('when %s during the read, the list is read again without duplicates or gaps', async (_, change) => {
		await simulator.options({ latency: 20 });
		// One page after the other, so the change comes between two of them.
		const listing = directoryResults(world, 'user getMany', { ...all, options: { concurrency: 1 } });
		while ((await simulator.log()).length < 3) await new Promise((resolve) => setImmediate(resolve));
		await change();
		const ids = (await listing).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(ids)).toEqual(new Set(await idsNow()));
		expect((await simulator.log()).filter(({ method }) => method === 'GET').length).toBeGreaterThan(13);
	});

	test('continues after short pages', async () => {
		await simulator.options({ scimPageSize: 40 });
		const rows = await directoryResults(world, 'user getMany', { returnAll: false, limit: 90 });
		expect(rows.map(({ id }) => id)).toEqual(world.users.slice(0, 90).map(({ id }) => id));
		expect(await queries()).toEqual([
			{ startIndex: '1', count: '90' },
			{ startIndex: '41', count: '40' },
			{ startIndex: '81', count: '10' },
		]);
	});

	test('contains the full answer, with the account ID of any version of the extension on the top level', async () => {
		for (const accountExtension of ['1.0', '2.0']) {
			await simulator.options({ accountExtension });
			const [row] = await directoryResults(world, 'user getMany', { limit: 1, simplify: false });
			expect(row).toMatchObject({
				schemas: expect.arrayContaining([CORE]),
				atlassianAccountId: world.users[0].accountId,
			});
			expect(row).toHaveProperty([`urn:scim:schemas:extension:atlassian-external:${accountExtension}`]);
		}
	});
});

describe('looking up users', () => {
	test('external IDs are case-sensitive, user names are not', async () => {
		const [, user] = world.users;
		const externalId = String(user.attributes.externalId);
		expect(await directoryResults(world, 'user get', { userId: by('externalId', externalId) })).toMatchObject([
			{ id: user.id },
		]);
		expect(
			(await runDirectory(world, 'user get', { userId: by('externalId', externalId.toUpperCase()) })).error?.message,
		).toContain('no user with the external ID');
		expect(
			await directoryResults(world, 'user get', { userId: by('userName', user.userName.toUpperCase()) }),
		).toMatchObject([{ id: user.id }]);
	});

	test.each([
		['externalId', 'hr-x', { externalId: 'HR-X' }],
		['userName', 'anna', { userName: 'anna.other' }],
	])('results of the service that do not match are dropped: by %s', async (key, value, found) => {
		const row = { id: '1', userName: 'somebody', emails: [{ value: 'somebody@example.com', primary: true }], ...found };
		await simulator.fault({
			kind: 'body',
			match: { path: '/Users' },
			body: { totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [row] },
		});
		expect((await runDirectory(world, 'user deactivate', { userId: by(key, value) })).error?.httpCode).toBe('404');
		expect((await simulator.log()).filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('an external ID of two users is an error that names both', async () => {
		for (const name of ['first', 'second']) {
			await simulator.sendScim('POST', '/Users', {
				body: {
					schemas: [CORE],
					userName: name,
					externalId: 'twice',
					emails: [{ value: `${name}@example.com`, primary: true }],
				},
			});
		}
		const twins = Object.values((await simulator.directory()).users).filter(
			({ attributes }) => attributes.externalId === 'twice',
		);
		const { error } = await runDirectory(world, 'user deactivate', { userId: by('externalId', 'twice') });
		for (const { id } of twins) expect(error?.message).toContain(id);
	});

	test('an email that is the user name takes one request, and any other email reads the directory once per run', async () => {
		await add('other.name', 'hidden@example.com');
		await add('second.name', 'hidden2@example.com');
		await simulator.clearLog();
		const [, user] = world.users;
		expect(await directoryResults(world, 'user get', { userId: by('email', user.email) })).toMatchObject([
			{ id: user.id },
		]);
		expect(await simulator.log()).toHaveLength(1);
		await simulator.clearLog();
		const items = [{ email: 'hidden@example.com' }, { email: 'HIDDEN2@example.com' }];
		const rows = await directoryResults(world, 'user get', { userId: by('email', '={{ $json.email }}') }, { items });
		expect(rows.map(({ userName }) => userName)).toEqual(['other.name', 'second.name']);
		// One search each, and 13 pages.
		expect(await simulator.log()).toHaveLength(15);
	});

	test('a user name that is the old email of another user is not a match', async () => {
		await add('anna.old@example.com', 'anna.new@example.com');
		await add('anna.second', 'anna.old@example.com');
		const [row] = await directoryResults(world, 'user deactivate', { userId: by('email', 'anna.old@example.com') });
		expect(row).toMatchObject({ userName: 'anna.second', active: false });
		const { users } = await simulator.directory();
		expect(
			Object.values(users).find(({ attributes }) => attributes.userName === 'anna.old@example.com')?.attributes.active,
		).toBe(true);
	});

	test('in a directory that keeps changing, no user counts as missing', async () => {
		const user = { id: '1', userName: 'somebody', emails: [{ value: 'somebody@example.com', primary: true }] };
		const page = async (Resources: unknown[], totalResults: number) =>
			await simulator.fault({
				kind: 'body',
				match: { path: '^/Users$' },
				body: { totalResults, startIndex: 1, itemsPerPage: 1, Resources },
			});
		await page([], 0);
		for (let reading = 0; reading < 3; reading++) {
			await page([user], 5);
			for (let position = 2; position <= 5; position++) await page([], 5);
		}
		const { error } = await runDirectory(world, 'user delete', {
			userId: by('email', 'leaver@example.com'),
			options: { ignoreIfMissing: true },
		});
		expect(error?.message).toContain('not certain whether a user has the email "leaver@example.com"');
	});

	test('an email in the mode By ID, as AI agents send it, is an email', async () => {
		const [, user] = world.users;
		expect(await directoryResults(world, 'user get', { userId: user.email })).toMatchObject([{ id: user.id }]);
	});

	test('many users are looked up in the list if that takes fewer requests', async () => {
		const people = world.users.slice(0, 300).map(({ userName }) => ({ userName }));
		const rows = await directoryResults(
			world,
			'user get',
			{ userId: by('userName', '={{ $json.userName }}') },
			{ items: people },
		);
		expect(rows.map(({ userName }) => userName)).toEqual(people.map(({ userName }) => userName));
		expect((await simulator.log()).length).toBeLessThanOrEqual(3);
	});

	test('a missing user is an error, or reported with Ignore If Missing, but not in a missing directory', async () => {
		const missing = { userId: by('email', 'nobody@example.com'), options: { ignoreIfMissing: true } };
		expect((await runDirectory(world, 'user get', missing)).error).toMatchObject({
			message: expect.stringContaining('no user with the email "nobody@example.com"'),
			httpCode: '404',
		});
		expect(await directoryResults(world, 'user delete', missing)).toEqual([{ deleted: false }]);
		expect(await directoryResults(world, 'user delete', { ...missing, userId: by('id', 'gone') })).toEqual([
			{ deleted: false, id: 'gone' },
		]);
		const elsewhere = { credential: { ...world.credential, directoryId: 'other' } };
		expect(
			(await runDirectory(elsewhere, 'user delete', { ...missing, userId: by('id', 'gone') })).error?.httpCode,
		).toBe('404');
	});
});

describe('creating', () => {
	const person = { userName: 'new.person', email: 'new.person@example.com' };
	const named = async () =>
		Object.values((await simulator.directory()).users).filter(
			({ attributes }) => attributes.userName === person.userName,
		);

	test.each(['resetAfter', 'cut', 'hang'] as const)(
		'a lost answer (%s): there is one user afterwards, and the result says what happened',
		async (kind) => {
			await simulator.fault({ kind, match: { method: 'POST' }, after: true });
			const [row] = await directoryResults(world, 'user create', { ...person, options: { timeout: 1 } });
			expect(row).toMatchObject({ userName: person.userName, note: expect.stringContaining('created only once') });
			expect(await named()).toHaveLength(1);
		},
	);

	test('a request that never arrived is sent again', async () => {
		await simulator.fault({ kind: 'resetBefore', match: { method: 'POST' } });
		await directoryResults(world, 'user create', person);
		expect(await named()).toHaveLength(1);
	});

	test('a group whose answer was lost is created only once', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'POST' } });
		const [row] = await directoryResults(world, 'group create', { name: 'Statuspage New' });
		expect(row).toMatchObject({ displayName: 'Statuspage New', note: expect.stringContaining('created only once') });
	});

	test('an existing account is linked, and the output contains its ID', async () => {
		const [, leaver] = world.users;
		await directoryResults(world, 'user delete', { userId: by('id', leaver.id) });
		const [row] = await directoryResults(world, 'user create', { userName: leaver.userName, email: leaver.email });
		expect(row).toMatchObject({ atlassianAccountId: leaver.accountId });
		expect(row.id).not.toBe(leaver.id);
	});

	test('empty fields are left out', async () => {
		await directoryResults(world, 'user create', {
			...person,
			additionalFields: { title: '', givenName: ' ', phoneNumbers: {}, customAttributes: '' },
		});
		const [entry] = (await simulator.log()).filter(({ method }) => method === 'POST');
		expect(Object.keys(entry.body as IDataObject).sort()).toEqual(['active', 'emails', 'schemas', 'userName']);
	});
});

describe('activating and deactivating', () => {
	test('repeating it succeeds, and an answer without the new state is an error', async () => {
		const userId = by('id', world.users[1].id);
		for (let turn = 0; turn < 2; turn++)
			expect(await directoryResults(world, 'user deactivate', { userId })).toMatchObject([{ active: false }]);
		// Neither the answer nor the following read shows the new state.
		for (const method of ['PATCH', 'GET']) {
			await simulator.fault({
				kind: 'body',
				match: { method },
				body: { id: world.users[1].id, userName: world.users[1].userName, active: false },
			});
		}
		expect((await runDirectory(world, 'user reactivate', { userId })).error?.message).toContain('is still deactivated');
	});

	test('a deactivation whose answer was lost is sent again', async () => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
		expect(await directoryResults(world, 'user deactivate', { userId: by('id', world.users[1].id) })).toMatchObject([
			{ active: false },
		]);
	});

	test('after an answer without a body, the user is read', async () => {
		await simulator.fault({ kind: 'body', match: { method: 'PATCH' }, status: 204, body: '' });
		expect(await directoryResults(world, 'user deactivate', { userId: by('id', world.users[1].id) })).toMatchObject([
			{ active: false, atlassianAccountId: world.users[1].accountId },
		]);
	});

	test('items for the same user are written in order, however the user is identified', async () => {
		const [, user] = world.users;
		const names = [by('id', user.id), by('email', user.email), by('userName', user.userName)];
		const items = Array.from({ length: 9 }, (_, index) => ({ title: `Title ${index}`, userId: names[index % 3] }));
		await directoryResults(
			world,
			'user update',
			{
				userId: { __rl: true, mode: '={{ $json.userId.mode }}', value: '={{ $json.userId.value }}' },
				updateFields: { title: '={{ $json.title }}' },
			},
			{ items },
		);
		const sent = (await simulator.log())
			.filter(({ method }) => method === 'PATCH')
			.map(({ body }) => (body as { Operations: Array<{ value: string }> }).Operations[0].value);
		expect(sent).toEqual(items.map(({ title }) => title));
	});
});
