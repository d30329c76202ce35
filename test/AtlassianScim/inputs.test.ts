import type { IDataObject } from 'n8n-workflow';
import { directoryOf, directoryResults, runDirectory, type DirectoryWorld } from '../support/directory';
import { expectRefused } from '../support/refused';
import { startSimulator, type Simulator } from '../support/simulator';

let simulator: Simulator;
let world: DirectoryWorld;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ directoryUsers: 250, latency: 0 });
	world = await directoryOf(simulator);
	await simulator.clearLog();
});

const from = (value: unknown) => (value === undefined ? '={{ $json.nothing }}' : `={{ ${JSON.stringify(value)} }}`);
const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const userNow = async (id: string) => (await simulator.directory()).users[id];
const membersNow = async () => (await simulator.directory()).groups[world.groups[0].id].memberIds;
const withPhones = () => world.users.find(({ attributes }) => attributes.phoneNumbers !== undefined) ?? world.users[1];

const UNCLEAN: Array<[string, (email: string) => string]> = [
	['a zero-width space', (email) => `${email}\u200b`],
	['mailto:', (email) => `mailto:${email}`],
	['a trailing full stop', (email) => `${email}.`],
	['quotes', (email) => `"${email}"`],
	['a Markdown link', (email) => `[${email}](mailto:${email})`],
];

describe('an email that needs cleaning identifies the person', () => {
	test.each(UNCLEAN)('%s: Delete with Ignore If Missing deletes the user', async (_, unclean) => {
		const [, , , user] = world.users;
		const [row] = await directoryResults(world, 'user delete', {
			userId: by('email', unclean(user.email)),
			options: { ignoreIfMissing: true },
		});
		expect(row).toEqual({ deleted: true, id: user.id, email: user.email, emailGiven: unclean(user.email) });
		expect((await simulator.directory()).users).not.toHaveProperty(user.id);
	});

	test.each(UNCLEAN)('%s: also by user name', async (_, unclean) => {
		const user = world.users.find(({ userName }) => userName.includes('@')) ?? world.users[0];
		expect(await directoryResults(world, 'user get', { userId: by('userName', unclean(user.userName)) })).toMatchObject(
			[{ id: user.id }],
		);
		expect(
			await directoryResults(world, 'user getMany', { filters: { userName: unclean(user.userName) } }),
		).toMatchObject([{ id: user.id }]);
	});

	test.each(UNCLEAN)('%s: members are removed, and the output contains the original email', async (_, unclean) => {
		const [group] = world.groups;
		const member = world.users.find(({ id }) => group.memberIds.includes(id)) ?? world.users[0];
		const [row] = await directoryResults(world, 'group removeMembers', {
			groupId: by('id', group.id),
			userIds: [unclean(member.email)],
		});
		expect(row).toMatchObject({
			removed: [member.email],
			emailsGiven: [{ email: member.email, emailGiven: unclean(member.email) }],
		});
		expect(await membersNow()).not.toContain(member.id);
	});

	test('a new user gets a cleaned email and user name', async () => {
		const [row] = await directoryResults(world, 'user create', {
			userName: 'new@example.com\u200b',
			email: '<new@example.com>',
		});
		expect(row).toMatchObject({
			userName: 'new@example.com',
			email: 'new@example.com',
			emailGiven: '<new@example.com>',
		});
	});

	test.each(['anna @example.com', 'anna@', 'a@b@c', 'undefined', '<mailto:a@example.com|b@example.com>'])(
		'%j means nobody',
		async (email) => {
			await expectRefused(
				simulator,
				await runDirectory(world, 'user delete', { userId: by('email', email), options: { ignoreIfMissing: true } }),
				/^'User' /,
			);
			expect(await simulator.log()).toEqual([]);
		},
	);
});

describe('Active accepts on and off as text, and nothing else', () => {
	const create = (active: unknown) => ({
		userName: 'new.person',
		email: 'new.person@example.com',
		active: from(active),
	});
	const replace = (active: unknown) => ({
		userId: by('id', world.users[1].id),
		userName: world.users[1].userName,
		email: world.users[1].email,
		active: from(active),
	});

	test.each(['True', 'true', ' TRUE ', 1, '1'])('%p is on', async (active) => {
		expect(await directoryResults(world, 'user create', create(active))).toMatchObject([{ active: true }]);
		expect(await directoryResults(world, 'user replace', replace(active))).toMatchObject([{ active: true }]);
	});

	test.each(['False', 0])('%p is off', async (active) =>
		expect(await directoryResults(world, 'user create', create(active))).toMatchObject([{ active: false }]),
	);

	test.each([undefined, null, '', 'yes', 'active', 2, {}, [], 'undefined'])('%p is an error', async (active) => {
		await expectRefused(
			simulator,
			await runDirectory(world, 'user create', create(active)),
			/^'Active' (must be true or false, not|is empty)/,
		);
		await expectRefused(simulator, await runDirectory(world, 'user replace', replace(active)), /^'Active' /);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('a removal fails for texts that are not member IDs', () => {
	const remove = async (userIds: unknown) =>
		await runDirectory(world, 'group removeMembers', { groupId: by('id', world.groups[0].id), userIds: from(userIds) });

	test('an Atlassian account ID is not a directory ID', async () => {
		const member = world.users.find(({ id }) => world.groups[0].memberIds.includes(id)) ?? world.users[0];
		const { error } = await remove(member.accountId);
		expect(error?.message).toContain(member.accountId);
		expect(await membersNow()).toEqual(world.groups[0].memberIds);
	});

	test('a UUID in upper case is the same ID', async () => {
		const [id] = world.groups[0].memberIds;
		expect((await remove(id.toUpperCase())).items).toMatchObject([{ removed: [id.toUpperCase()] }]);
		expect(await membersNow()).toEqual(world.groups[0].memberIds.slice(1));
	});

	test.each(['anna.meyer', 'hr-1', '12345'])('no user in the directory has the ID %j', async (id) => {
		const { error, items } = await remove(id);
		expect(error?.message).toContain(id);
		expect(items).toEqual([]);
		expect(await membersNow()).toEqual(world.groups[0].memberIds);
	});

	test.each([undefined, null, '', [null], [{}], {}, true])(
		'%p is no list',
		async (userIds) => await expectRefused(simulator, await remove(userIds), /^'Users' /),
	);

	test('Delete with Ignore If Missing does not report the user of an account ID as missing', async () => {
		const [, , user] = world.users;
		const { error } = await runDirectory(world, 'user delete', {
			userId: by('id', user.accountId),
			options: { ignoreIfMissing: true },
		});
		expect(error?.message).toContain(`the Atlassian account ID of user ${user.id}`);
		expect(await userNow(user.id)).toBeDefined();
	});
});

describe('a filter without a value is an error', () => {
	test.each([undefined, null, '', ' ', {}, [], 'undefined', false])('%p', async (value) => {
		await expectRefused(
			simulator,
			await runDirectory(world, 'user getMany', { returnAll: true, filters: { userName: from(value) } }),
			/^'User Name' /,
		);
		await expectRefused(
			simulator,
			await runDirectory(world, 'user getMany', { returnAll: true, filters: { externalId: from(value) } }),
			/^'External ID' /,
		);
		await expectRefused(
			simulator,
			await runDirectory(world, 'group getMany', { returnAll: true, filters: { name: from(value) } }),
			/^'Name' /,
		);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('Limit and the options', () => {
	test.each([undefined, null, 'abc', 0, -1, 1.5, '', {}])('%p', async (value) => {
		for (const operation of ['user getMany', 'group getMany'])
			await expectRefused(simulator, await runDirectory(world, operation, { limit: from(value) }), /^'Limit' /);
		await expectRefused(
			simulator,
			await runDirectory(world, 'directory getConfig', { options: { concurrency: from(value) } }),
			/^'Concurrency' /,
		);
		expect(await simulator.log()).toEqual([]);
	});
});

describe('phone numbers are kept if the new ones are invalid', () => {
	const give = async () => {
		const user = withPhones();
		await directoryResults(world, 'user update', {
			userId: by('id', user.id),
			updateFields: { phoneNumbers: { phoneNumber: [{ value: '+49 30 1', type: 'work' }] } },
		});
		await simulator.clearLog();
		return user;
	};
	const phonesOf = async (id: string) => (await userNow(id)).attributes.phoneNumbers;

	test.each<[string, unknown]>([
		['text by expression', from('+49 30 1234567')],
		['a list by expression', from([{ value: '+49 30 1234567' }])],
		['nothing by expression', from(undefined)],
		['no rows', {}],
		['a row without a number', { phoneNumber: [{ type: 'work' }] }],
		['a row whose number is nothing', { phoneNumber: [{ value: from(undefined), type: 'work' }] }],
		['a row of an unknown type', { phoneNumber: [{ value: '+49 30 1', type: from('car') }] }],
		['a row whose switch is no switch', { phoneNumber: [{ value: '+49 30 1', primary: from('perhaps') }] }],
	])('%s', async (_, phoneNumbers) => {
		const user = await give();
		await expectRefused(
			simulator,
			await runDirectory(world, 'user update', { userId: by('id', user.id), updateFields: { phoneNumbers } }),
			/'Phone Numbers'/,
		);
		const replace = {
			userId: by('id', user.id),
			userName: user.userName,
			email: user.email,
			additionalFields: { phoneNumbers },
		};
		await expectRefused(simulator, await runDirectory(world, 'user replace', replace), /'Phone Numbers'/);
		expect(await phonesOf(user.id)).toHaveLength(1);
	});

	test('Empty Clears removes them', async () => {
		const user = await give();
		await directoryResults(world, 'user update', {
			userId: by('id', user.id),
			updateFields: { phoneNumbers: {} },
			options: { emptyClears: true },
		});
		expect(await phonesOf(user.id)).toBeUndefined();
	});
});

describe('attributes', () => {
	test.each([undefined, null, {}, [], true, 'undefined'])('%p clears nothing', async (title) => {
		await expectRefused(
			simulator,
			await runDirectory(world, 'user update', {
				userId: by('id', world.users[1].id),
				updateFields: { title: from(title) },
			}),
			/^'Title' must be text, not/,
		);
	});

	test('an empty result of an expression clears only with Empty Clears', async () => {
		const update = (options: IDataObject) => ({
			userId: by('id', world.users[1].id),
			updateFields: { title: '={{ "" }}' },
			options,
		});
		await expectRefused(simulator, await runDirectory(world, 'user update', update({})), "'Title' is empty");
		await directoryResults(world, 'user update', { ...update({}), updateFields: { title: 'Lead' } });
		await directoryResults(world, 'user update', update({ emptyClears: true }));
		expect((await userNow(world.users[1].id)).attributes.title).toBeUndefined();
	});

	test.each([undefined, null, '[]', 'x', 5, { title: 'undefined' }])(
		'%p is no custom attribute',
		async (customAttributes) => {
			await expectRefused(
				simulator,
				await runDirectory(world, 'user update', {
					userId: by('id', world.users[1].id),
					updateFields: { customAttributes: from(customAttributes) },
				}),
				/^'Custom Attributes' /,
			);
		},
	);
});

describe('groups by name', () => {
	test.each(['  ', '\u00a0', '\u2003'])('%j in a name counts as a space', async (blank) => {
		const group = world.groups.find(({ displayName }) => displayName.includes(' ')) ?? world.groups[0];
		expect(
			await directoryResults(world, 'group get', { groupId: by('name', group.displayName.replace(' ', blank)) }),
		).toMatchObject([{ id: group.id }]);
	});

	test.each([undefined, null, '', {}, 'undefined'])('%p is rejected', async (value) => {
		const result = await runDirectory(world, 'group delete', {
			groupId: { __rl: true, mode: 'name', value: from(value) },
			options: { ignoreIfMissing: true },
		});
		await expectRefused(simulator, result, /^'Group' /);
	});
});
