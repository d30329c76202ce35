import type { IDataObject } from 'n8n-workflow';
import type { ListEvent } from '../nodes/services/statuspage/accessWatch/accessKinds';
import { seenPermissions, seenTeamMember } from '../nodes/services/statuspage/accessWatch/seen';
import type { TeamMember } from '../nodes/services/statuspage/endpoints';
import { ROLES, ROLE_NAMES } from '../nodes/services/statuspage/permissionAnswer';
import { runExample, type ExampleRun } from './support/exampleEngine';
import { readExample } from './support/exampleFiles';
import { startSimulator, type Simulator } from './support/simulator';
import { accessEventItem, NAME, NAME_IN_SLACK } from './support/triggerItems';
import { worldOf, type World } from './support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator({ viewers: 10 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.clearFaults();
	await simulator.reset();
	world = await worldOf(simulator);
	await simulator.clearLog();
});

const requests = async () => (await simulator.log()).map(({ method, path }) => `${method} ${path.split('?')[0]}`);

describe('permission-drift-alarm.json', () => {
	const example = readExample('permission-drift-alarm.json');
	const CONFIGURATION = 'Page Configuration';
	const INCIDENTS = 'Incident Manager';
	const MAINTENANCES = 'Maintenance Manager';

	const ANNA = { id: 'member000001', email: 'anna@example.com' };
	const member = (kind: ListEvent, name = ''): IDataObject =>
		accessEventItem(world, kind, seenTeamMember({ ...ANNA, first_name: name, last_name: '' } as TeamMember));
	/** @param pages names of the roles by ID of the page; null for a page without roles */
	const permissions = (
		pages: Record<string, string[] | null>,
		{ id, email }: { id: string; email: string | null } = ANNA,
	) =>
		accessEventItem(
			world,
			'permissionChanged',
			seenPermissions(
				id,
				email,
				new Map(
					Object.entries(pages).map(([pageId, names]) => [
						pageId,
						names ? Object.fromEntries(ROLES.map((role) => [role, names.includes(ROLE_NAMES[role])])) : {},
					]),
				),
			),
		);
	const row = (page: string, roles: string | null, email = 'anna@example.com'): IDataObject => ({ email, page, roles });
	const changed = async (items: IDataObject[], rows: IDataObject[]): Promise<ExampleRun> =>
		await runExample(example, world, { start: 'Permission changed', items, rows });
	const pageName = () => world.page.row.name;

	test('posts nothing if the permissions are as in the table, whatever the case, order and form', async () => {
		const { posts, error } = await changed(
			[
				permissions(
					{ [world.pageId]: [CONFIGURATION, INCIDENTS], [world.otherPageId]: [], [world.plainPageId]: null },
					{ ...ANNA, email: 'Anna@Example.com' },
				),
			],
			[
				row(` ${pageName().toUpperCase()}`, 'incident_manager; Page configuration', ' ANNA@example.com '),
				row(world.otherPageId, ''),
				row(world.plainPageId, null),
				row(world.pageId, MAINTENANCES, 'ben@example.com'),
			],
		);
		expect([error, posts]).toEqual([undefined, []]);
	});

	test('names the team member, and the pages and roles that differ', async () => {
		const { posts } = await changed(
			[permissions({ [world.pageId]: [CONFIGURATION, INCIDENTS], [world.plainPageId]: null })],
			[row(pageName(), INCIDENTS), row(world.otherPageId, MAINTENANCES), row(world.plainPageId, '')],
		);
		const other = (await simulator.state()).pages[world.otherPageId].row.name;
		expect(posts).toEqual([
			[
				'*Permission drift:* permissions changed of team member `anna@example.com`',
				`• \`${pageName()}\`: \`Page Configuration\`, \`Incident Manager\`, expected: \`Incident Manager\``,
				`• \`${other}\`: no access, expected: \`Maintenance Manager\``,
			].join('\n'),
		]);
	});

	test('access to a page that is not in the table is an alarm, also without roles', async () => {
		const { posts } = await changed([permissions({ [world.plainPageId]: null })], []);
		expect(posts[0].split('\n').slice(1)).toEqual([
			'The table has no row for this team member.',
			expect.stringMatching(/^• `.+`: no roles, expected: no access$/),
		]);
	});

	test('a new team member is an alarm without rows, and none with rows', async () => {
		const item = member('teamMemberAdded', 'Anna <B>');
		expect((await changed([item], [row(world.pageId, INCIDENTS)])).posts).toEqual([]);
		expect((await changed([item], [row(world.pageId, INCIDENTS, 'ben@example.com')])).posts).toEqual([
			'*Permission drift:* new team member `anna@example.com` `Anna &lt;B&gt;`\nThe table has no row for this team member.',
		]);
	});

	test('a removed team member is an alarm while the table has rows', async () => {
		const item = member('teamMemberRemoved');
		expect((await changed([item], [])).posts).toEqual([]);
		expect((await changed([item], [row(pageName(), INCIDENTS)])).posts).toEqual([
			`*Permission drift:* removed team member \`anna@example.com\`\n• \`${pageName()}\`: no access, expected: \`Incident Manager\``,
		]);
	});

	test('an unknown page or role in the table is an alarm with its name', async () => {
		const { posts } = await changed([permissions({ [world.pageId]: [INCIDENTS] })], [row(NAME, 'Admin')]);
		expect(posts[0]).toContain(`• ${NAME_IN_SLACK}: no access, expected: \`Admin\``);
	});

	test('a team member without an email is named by the ID, and never matches a row without an email', async () => {
		const { posts } = await changed(
			[permissions({ [world.pageId]: [INCIDENTS] }, { ...ANNA, email: null })],
			[row(world.pageId, INCIDENTS, '')],
		);
		expect(posts).toEqual([expect.stringContaining('team member `member000001`\nThe table has no row')]);
	});

	test('several events are one message each, with one request for the pages', async () => {
		const { posts } = await changed(
			[
				permissions({ [world.pageId]: [INCIDENTS] }),
				permissions({ [world.pageId]: [INCIDENTS] }, { id: 'member000002', email: 'ben@example.com' }),
				permissions({ [world.pageId]: [] }, { id: 'member000003', email: 'eve@example.com' }),
			],
			[row(world.pageId, INCIDENTS)],
		);
		expect(posts.map((post) => /team member (\S+)/.exec(post)?.[1])).toEqual([
			'`ben@example.com`',
			'`eve@example.com`',
		]);
		expect(await requests()).toEqual(['GET /pages']);
	});

	test('pages that cannot be read: the channel gets the event with the reason', async () => {
		await simulator.fault({ kind: 'status', status: 403, match: { path: '/pages$' }, times: 9 });
		const { posts, error } = await changed(
			[permissions({ [world.pageId]: [INCIDENTS] })],
			[row(world.pageId, INCIDENTS)],
		);
		expect(error).toBeUndefined();
		expect(posts).toEqual([
			expect.stringMatching(
				new RegExp(`\`anna@example.com\`\nIt could not be compared with the table: .*403.*\n• \`${world.pageId}\``),
			),
		]);
	});

	test('a sample without a team member posts nothing', async () => {
		const items = ['permissionChanged', 'teamMemberAdded', 'teamMemberRemoved'].map((event) => ({
			event,
			organizationId: world.organizationId,
			note: 'There is nothing to show as a sample yet',
		}));
		expect((await changed(items, [])).posts).toEqual([]);
	});
});
