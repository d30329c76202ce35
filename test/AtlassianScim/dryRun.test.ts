import { by } from './actions/cases';
import {
	directoryCredential,
	directoryOf,
	directoryResults,
	runDirectory,
	type DirectoryWorld,
} from '../support/directory';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';

useFastClock();

let simulator: Simulator;
let world: DirectoryWorld;
beforeAll(async () => (simulator = await startSimulator({ limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	world = await directoryOf(simulator);
	await simulator.clearLog();
});

const options = { dryRun: true };
const GONE = '00000000-0000-4000-8000-000000000000';

test('a dry run returns the user or group, also with a read-only credential', async () => {
	const readOnly = { credential: await directoryCredential(simulator, { readOnly: true }) };
	const [user] = world.users;
	const [group] = world.groups;
	for (const userId of [by('id', user.id), by('userName', user.userName), by('email', user.email)])
		expect(await directoryResults(readOnly, 'user delete', { userId, options })).toEqual([
			{
				dryRun: true,
				would: 'delete user',
				before: expect.objectContaining({ id: user.id, atlassianAccountId: user.accountId }) as unknown,
				after: null,
			},
		]);
	for (const groupId of [by('id', group.id), by('name', group.displayName)])
		expect(await directoryResults(readOnly, 'group delete', { groupId, options })).toEqual([
			{
				dryRun: true,
				would: 'delete group',
				before: expect.objectContaining({ id: group.id, displayName: group.displayName }) as unknown,
				after: null,
			},
		]);
	expect((await simulator.log()).filter(({ method }) => method !== 'GET')).toEqual([]);
});

test.each([
	['user', { userId: by('id', GONE) }],
	['user', { userId: by('email', 'nobody@example.com') }],
	['group', { groupId: by('id', GONE) }],
	['group', { groupId: by('name', 'No such group') }],
])('a missing %s is an error, or nothing to do with Ignore If Missing', async (noun, target) => {
	expect((await runDirectory(world, `${noun} delete`, { ...target, options })).error).toBeDefined();
	const ignoring = { ...options, ignoreIfMissing: true };
	expect(await directoryResults(world, `${noun} delete`, { ...target, options: ignoring })).toEqual([
		{ dryRun: true, would: `do nothing, because the ${noun} does not exist`, before: null, after: null },
	]);
});

test('an item that would write with a read-only credential is rejected before anything is sent', async () => {
	const readOnly = { credential: await directoryCredential(simulator, { readOnly: true }) };
	await simulator.clearLog();
	const { items, errorItems } = await runDirectory(
		readOnly,
		'user delete',
		{ userId: by('email', '={{ $json.email }}') },
		{ items: world.users.slice(0, 3).map(({ email }) => ({ email })), onError: 'continueErrorOutput' },
	);
	expect(items).toEqual([]);
	expect(errorItems.map(({ error }) => error)).toEqual(
		Array(3).fill(expect.stringContaining('The credential is read-only, so no request was sent for this item')),
	);
	expect(await simulator.log()).toEqual([]);
});
