import type { IDataObject } from 'n8n-workflow';
import { seenViewer } from '../nodes/services/statuspage/accessWatch/seen';
import type { Viewer } from '../nodes/services/statuspage/endpoints';
import { runExample, type ExampleRun } from './support/exampleEngine';
import { readExample } from './support/exampleFiles';
import { startSimulator, type Simulator } from './support/simulator';
import type { Ticket } from './support/standIns';
import { accessEventItem } from './support/triggerItems';
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

interface ViewerFields {
	id: string;
	login: string;
	/** IDs of viewer groups. */
	groups: string[];
}

describe('unknown-viewer-to-jira.json', () => {
	const example = readExample('unknown-viewer-to-jira.json');
	let tickets: Ticket[];
	beforeEach(() => (tickets = []));

	const viewer = (
		email: string | null,
		{ id = 'viewer000001', login, groups }: Partial<ViewerFields> = {},
	): IDataObject =>
		accessEventItem(
			world,
			'viewerAdded',
			seenViewer(
				{
					id,
					email,
					external_login: login ?? null,
					page_access_group_ids: groups ?? world.groups.slice(0, 2).map((group) => group.id),
				} as Viewer,
				false,
			),
		);
	const added = async (items: IDataObject[], jiraRejects?: string): Promise<ExampleRun> =>
		await runExample(example, world, { start: 'Viewer added', items, tickets, jiraRejects });

	test('opens a ticket with the viewer, the viewer groups and a link', async () => {
		const { error } = await added([viewer('eve@other.example', { login: 'eve_1' })]);
		const [first, second] = world.groups.map(({ name }) => name.replace(/[-#*_+?^~|%{}[\]()!@\\]/g, '\\$&'));
		expect([error, tickets]).toEqual([
			undefined,
			[
				{
					key: 'OPS-1',
					summary: 'Unknown viewer on Statuspage: eve@other.example',
					description: [
						'A viewer was added whose email is not in an allowed domain.',
						'',
						'* Email: eve\\@other.example',
						'* External login: eve\\_1',
						`* Viewer groups: ${first}, ${second}`,
						'* Allowed domains: example.com, example.org',
						'',
						`https://manage.statuspage.io/pages/${world.pageId}`,
					].join('\n'),
					fields: { labels: ['statuspage-viewer', 'statuspage-viewer-viewer000001'] },
				},
			],
		]);
	});

	test.each(['anna@example.com', 'Anna@EXAMPLE.Com', ' anna@example.org '])(
		'opens no ticket for %p, and asks nobody',
		async (email) => {
			const { ran } = await added([viewer(email)]);
			expect([tickets, ran.includes('Open tickets'), await requests()]).toEqual([[], false, []]);
		},
	);

	test.each([
		'a@mail.example.com',
		'a@notexample.com',
		'a@example.com.evil.test',
		'a@example.com@evil.test',
		'example.com',
		'a@',
		null,
		'',
	])('opens a ticket for %p', async (email) => {
		await added([viewer(email)]);
		expect(tickets).toHaveLength(1);
	});

	test('a viewer without an email is named by the external login, or by the ID', async () => {
		await added([viewer(null, { login: 'eve.sso', groups: [] }), viewer(null, { id: 'viewer000002' })]);
		expect(tickets.map(({ summary }) => summary)).toEqual([
			'Unknown viewer on Statuspage: eve.sso',
			'Unknown viewer on Statuspage: viewer000002',
		]);
		expect(tickets[0].description).toContain('* Email: none\n* External login: eve.sso\n* Viewer groups: none\n');
	});

	test('opens no second ticket while one is open, and a new one after it is done', async () => {
		const two = [
			viewer('eve@other.example'),
			viewer('eve@other.example'),
			viewer('mia@other.example', { id: 'viewer000002' }),
		];
		await added(two);
		expect(tickets.map(({ summary }) => summary)).toEqual([
			'Unknown viewer on Statuspage: eve@other.example',
			'Unknown viewer on Statuspage: mia@other.example',
		]);
		await added(two);
		expect(tickets).toHaveLength(2);
		tickets[0].isDone = true;
		await added(two);
		expect(tickets.map(({ fields }) => fields.labels[1])).toEqual([
			'statuspage-viewer-viewer000001',
			'statuspage-viewer-viewer000002',
			'statuspage-viewer-viewer000001',
		]);
	});

	test('names are shown as they are, without mentions and markup', async () => {
		const [group] = world.groups;
		const path = `/pages/${world.pageId}/page_access_groups/${group.id}`;
		await simulator.send('PATCH', path, { body: { page_access_group: { name: '[~admin] {code} *x* <y> & @here' } } });
		await added([viewer('<eve>*&@other.example', { groups: [group.id] })]);
		expect(tickets[0].summary).toBe('Unknown viewer on Statuspage: <eve>*&@other.example');
		expect(tickets[0].description).toContain('* Email: <eve>\\*&\\@other.example\n');
		expect(tickets[0].description).toContain('\\[\\~admin\\] \\{code\\} \\*x\\* <y> & \\@here\n');
	});

	test('viewer groups that cannot be read are IDs, with the reason', async () => {
		await simulator.fault({ kind: 'status', status: 403, match: { path: '/page_access_groups' }, times: 9 });
		const { error } = await added([viewer('eve@other.example')]);
		expect(error).toBeUndefined();
		expect(tickets[0].description).toMatch(
			new RegExp(
				`\\* Viewer groups: ${world.groups[0].id}, ${world.groups[1].id}\\. The names could not be read: .*403`,
			),
		);
	});

	test('reads the viewer groups once for several viewers', async () => {
		await added([viewer('eve@other.example'), viewer('mia@other.example', { id: 'viewer000002' })]);
		expect(await requests()).toEqual([`GET /pages/${world.pageId}/page_access_groups`]);
	});

	test('a ticket that Jira rejects does not stop the others, and the execution fails', async () => {
		const { error } = await added(
			[viewer('eve@other.example'), viewer('mia@other.example', { id: 'viewer000002' })],
			'eve@',
		);
		expect(tickets.map(({ summary }) => summary)).toEqual(['Unknown viewer on Statuspage: mia@other.example']);
		expect(error).toBe(
			'Not every ticket was opened: The field is required. Check the viewers eve@other.example, mia@other.example',
		);
	});

	test('opens nothing if the open tickets cannot be read, and the execution fails', async () => {
		const { error } = await added([viewer('eve@other.example')], 'search');
		expect([tickets, error]).toEqual([
			[],
			'Not every ticket was opened: Jira is not available. Check the viewers eve@other.example',
		]);
	});

	test('a sample without a viewer opens no ticket', async () => {
		await added([{ event: 'viewerAdded', pageId: world.pageId, note: 'There is nothing to show as a sample yet' }]);
		expect(tickets).toEqual([]);
	});
});
