import type { IDataObject } from 'n8n-workflow';
import { directoryOf, runDirectory, type DirectoryWorld } from '../support/directory';
import { startSimulator, type Simulator } from '../support/simulator';

let simulator: Simulator;
let world: DirectoryWorld;
beforeAll(async () => (simulator = await startSimulator({ 'directory-users': 1250 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ unknownIds: 'refuse', memberPaths: 'taken' });
	world = await directoryOf(simulator);
});

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const group = () => world.groups[0];
const outsiders = (count: number) => world.users.filter(({ id }) => !group().memberIds.includes(id)).slice(0, count);
const membersNow = async () => (await simulator.directory()).groups[group().id].memberIds;
const change = async (operation: 'addMembers' | 'removeMembers', people: string[], more: IDataObject = {}) =>
	await runDirectory(
		world,
		`group ${operation}`,
		{ groupId: byId(group().id), userIds: '={{ $json.person }}', ...more },
		{ items: people.map((person) => ({ person })), onError: 'continueErrorOutput' },
	);

describe('400 members for one group, from 400 items', () => {
	test('take one read and four writes', async () => {
		const people = outsiders(400).map(({ id }) => id);
		const { items, pairedTo } = await change('addMembers', people);
		expect(items).toEqual(people.map((id) => ({ groupId: group().id, added: [id], alreadyThere: [] })));
		expect(pairedTo).toEqual(people.map((_, item) => item));
		expect(await simulator.calls()).toEqual([
			`GET /Groups/${group().id}`,
			...Array<string>(4).fill(`PATCH /Groups/${group().id}`),
		]);
		expect(new Set(await membersNow())).toEqual(new Set([...group().memberIds, ...people]));
	});

	test.each(['refuse', 'ignore'] as const)(
		'one bad ID is named on its own item, and all others are in (the service would %s it)',
		async (unknownIds) => {
			await simulator.options({ unknownIds });
			const people = outsiders(400).map(({ id }) => id);
			people[123] = UNKNOWN;
			const { items, errorItems } = await change('addMembers', people);
			expect(items).toHaveLength(399);
			expect(errorItems).toEqual([expect.objectContaining({ error: expect.stringContaining(UNKNOWN) })]);
			expect(new Set(await membersNow())).toEqual(
				new Set([...group().memberIds, ...people.filter((id) => id !== UNKNOWN)]),
			);
			// Four batches, and the halves of the batch with the bad ID.
			expect((await simulator.log()).length).toBeLessThanOrEqual(unknownIds === 'refuse' ? 20 : 6);
		},
	);

	test('emails are looked up together, and an unknown email is reported without another request for the group', async () => {
		const people = outsiders(400).map(({ email }) => email.toUpperCase());
		people[7] = 'nobody@example.com';
		const { items, errorItems } = await change('addMembers', people);
		expect(items).toHaveLength(399);
		expect(errorItems).toEqual([
			expect.objectContaining({
				error: expect.stringMatching(/nobody@example\.com \(no user in the directory has this email\)/),
			}),
		]);
		const calls = await simulator.calls();
		expect(calls.filter((call) => call.startsWith('PATCH'))).toHaveLength(4);
		// 13 pages are read twice, and the user name is searched, before a user counts as missing.
		expect(calls.filter((call) => call === 'GET /Users')).toHaveLength(13 + 1 + 13);
	});
});

test('existing members are not sent again and are reported as alreadyThere', async () => {
	const [inside] = group().memberIds;
	const [outside] = outsiders(1);
	const { items } = await change('addMembers', [inside, outside.id]);
	expect(items).toEqual([
		{ groupId: group().id, added: [], alreadyThere: [inside] },
		{ groupId: group().id, added: [outside.id], alreadyThere: [] },
	]);
	const [patch] = (await simulator.log()).filter(({ method }) => method === 'PATCH');
	expect(JSON.stringify(patch.body)).not.toContain(inside);
});

test('a removal removes only the given users and reports those who were not members', async () => {
	const leaving = group().memberIds.slice(0, 3);
	const [outside] = outsiders(1);
	const { items } = await change('removeMembers', [...leaving, outside.id]);
	expect(items.map(({ removed, notThere }) => [removed, notThere])).toEqual([
		...leaving.map((id) => [[id], []]),
		[[], [outside.id]],
	]);
	expect(await membersNow()).toEqual(group().memberIds.slice(3));
});

test('an empty list is never treated as "all"', async () => {
	const { errorItems } = await change('removeMembers', ['']);
	expect(errorItems).toEqual([expect.objectContaining({ error: expect.stringContaining("'Users' is empty") })]);
	expect(await simulator.log()).toEqual([]);
});

test('a removal in a form that the service rejects leaves the group unchanged', async () => {
	await simulator.options({ memberPaths: 'rejected' });
	const { errorItems } = await change('removeMembers', group().memberIds.slice(0, 2));
	expect(errorItems).toHaveLength(2);
	expect(await membersNow()).toEqual(group().memberIds);
});

test.each(['addMembers', 'removeMembers'] as const)(
	'%s: a change whose answer was lost is done, once',
	async (operation) => {
		await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
		const people = operation === 'addMembers' ? outsiders(3).map(({ id }) => id) : group().memberIds.slice(0, 3);
		const { items, errorItems } = await change(operation, people);
		expect([items.length, errorItems]).toEqual([3, []]);
		const now = await membersNow();
		expect(people.every((id) => now.includes(id) === (operation === 'addMembers'))).toBe(true);
		expect(now).toHaveLength(group().memberIds.length + (operation === 'addMembers' ? 3 : -3));
	},
);

test('a removal whose answer was lost is done, although the repeated request finds nothing to remove', async () => {
	const leaving = group().memberIds.slice(0, 3);
	await simulator.fault({ kind: 'resetAfter', match: { method: 'PATCH' } });
	await simulator.fault({
		kind: 'status',
		match: { method: 'PATCH' },
		status: 400,
		times: 20,
		body: { status: '400', scimType: 'noTarget', detail: 'No such member' },
	});
	const { items, errorItems } = await change('removeMembers', leaving);
	expect(errorItems).toEqual([]);
	expect(items.map(({ removed }) => removed)).toEqual(leaving.map((id) => [id]));
	expect(await membersNow()).toEqual(group().memberIds.slice(3));
});

test('after an empty answer to a change, the group is read', async () => {
	await simulator.fault({ kind: 'body', match: { method: 'PATCH' }, status: 204, body: '' });
	const people = outsiders(2).map(({ id }) => id);
	expect((await change('addMembers', people)).items).toHaveLength(2);
	expect((await simulator.calls()).map((call) => call.split(' ')[0])).toEqual(['GET', 'PATCH', 'GET']);
});

test('when the service fails between batches, added users are reported as added and the others as failed', async () => {
	await simulator.fault({ kind: 'status', status: 503, match: { method: 'PATCH' }, skip: 2, times: 100 });
	const people = outsiders(400).map(({ id }) => id);
	const { items, errorItems } = await change('addMembers', people);
	expect([items.length, errorItems.length]).toEqual([200, 200]);
	expect(JSON.stringify(errorItems[0])).toContain('503');
	const now = await membersNow();
	expect(now).toEqual(expect.arrayContaining(people.slice(0, 200)));
	expect(now).toHaveLength(group().memberIds.length + 200);
});

test('when the service fails within a batch, added users are reported as added', async () => {
	const people = outsiders(10).map(({ id }) => id);
	people[9] = UNKNOWN;
	// The batch is rejected, its first half is accepted, and then the service fails.
	await simulator.fault({ kind: 'status', status: 503, match: { method: 'PATCH' }, skip: 2, times: 100 });
	const { items, errorItems } = await change('addMembers', people);
	expect([items.length, errorItems.length]).toEqual([5, 5]);
	expect(items.map(({ added }) => added)).toEqual(people.slice(0, 5).map((id) => [id]));
});

test('when the service fails before any user was added, its error is reported', async () => {
	await simulator.fault({ kind: 'status', status: 503, match: { method: 'PATCH' }, times: 100 });
	const { error } = await runDirectory(world, 'group addMembers', {
		groupId: byId(group().id),
		userIds: outsiders(2).map(({ id }) => id),
	});
	expect(error?.httpCode).toBe('503');
});

test('a missing group is reported on each item, after one request', async () => {
	const { errorItems } = await change(
		'addMembers',
		outsiders(3).map(({ id }) => id),
		{ groupId: byId(UNKNOWN) },
	);
	expect(errorItems).toHaveLength(3);
	expect(errorItems[0].error).toContain(`could not find the group ${UNKNOWN}`);
	expect(await simulator.log()).toHaveLength(1);
});

test('a default group is rejected, and the advice says why', async () => {
	const admins = Object.values(world.directory.groups).find(({ isDefault }) => isDefault);
	const { error } = await runDirectory(world, 'group delete', { groupId: byId(admins?.id ?? '') });
	expect(error?.description).toMatch(/org-admins can't be managed/);
});

test('two runs that change one group at the same time lose no member', async () => {
	const people = outsiders(60).map(({ id }) => id);
	await Promise.all([
		change('addMembers', people.slice(0, 30)),
		change('addMembers', people.slice(30)),
		change('removeMembers', group().memberIds.slice(0, 3)),
	]);
	expect(new Set(await membersNow())).toEqual(new Set([...group().memberIds.slice(3), ...people]));
});

test('members as users: few are read one by one, many page by page', async () => {
	const { items } = await runDirectory(world, 'group get', { groupId: byId(group().id), output: 'members' });
	expect(items.map(({ id }) => id)).toEqual(group().memberIds);
	expect(items[0]).toMatchObject({ email: expect.stringContaining('@'), atlassianAccountId: expect.any(String) });
	expect((await simulator.log()).length).toBeLessThanOrEqual(group().memberIds.length + 1);
});
