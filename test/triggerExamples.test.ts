import type { IDataObject } from 'n8n-workflow';
import { accessItem } from '../nodes/services/statuspage/accessWatch/accessItems';
import type { ListEvent } from '../nodes/services/statuspage/accessWatch/accessKinds';
import { seenPermissions, seenTeamMember, seenViewer, type Seen } from '../nodes/services/statuspage/accessWatch/seen';
import type { TeamMember, Viewer } from '../nodes/services/statuspage/endpoints';
import { componentEventOutput, incidentEventOutput } from '../nodes/services/statuspage/events/eventOutput';
import type { IncidentReading } from '../nodes/services/statuspage/events/incidentReading';
import type { IncidentEvent } from '../nodes/services/statuspage/events/incidentEvents';
import { indicatorOutput, reachabilityOutput, removalOutput } from '../nodes/services/statuspage/pageWatch/pageOutput';
import { ROLES, ROLE_NAMES } from '../nodes/services/statuspage/permissionAnswer';
import { runExample, type ExampleRun } from './support/exampleEngine';
import { readExample } from './support/exampleFiles';
import { startSimulator, type Simulator } from './support/simulator';
import type { Ticket } from './support/standIns';
import { worldOf, type World } from './support/world';

/** A name with everything that Slack could interpret, and what Slack gets. */
const NAME = 'R&D <EU> *new* `x` @here';
const NAME_IN_SLACK = "`R&amp;D &lt;EU&gt; *new* 'x' @here`";

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

const INCIDENT: IncidentReading = {
	id: 'inc123456789',
	name: 'API errors',
	status: 'investigating',
	impact: 'major',
	isMaintenance: false,
	updates: [],
	components: [],
	scheduledFor: null,
	scheduledUntil: null,
	startedAt: '2026-11-30T10:00:00.000Z',
	resolvedAt: null,
	shortlink: 'https://stspg.example/x?a=1&b=2',
};

const CREATED: IncidentEvent = {
	event: 'incidentCreated',
	update: { id: 'upd1', status: 'investigating', text: 'We are investigating.', at: '2026-11-30T10:00:00.000Z' },
	oldStatus: null,
	newStatus: 'investigating',
};

/** An item of an incident, as the triggers output it. */
function incident(
	pageId: string,
	change: Partial<IncidentEvent> = {},
	reading: Partial<IncidentReading> = {},
): IDataObject {
	const page = { id: pageId, name: 'Acme', url: 'https://status.example.com' };
	return incidentEventOutput(page, { ...INCIDENT, ...reading }, { ...CREATED, ...change });
}

describe('incident-to-slack.json', () => {
	const example = readExample('incident-to-slack.json');
	const changed = async (...items: IDataObject[]): Promise<ExampleRun> =>
		await runExample(example, world, { start: 'Incident changed', items });
	const affected = (count: number) => world.components.slice(0, count).map(({ id, name }) => ({ id, name }));
	const setGroup = async (index: number, fields: IDataObject) =>
		await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${world.groups[index].id}`, {
			body: { page_access_group: fields },
		});
	const groupNames = (...indexes: number[]) => indexes.map((index) => `\`${world.groups[index].name}\``).join(', ');
	beforeEach(async () => {
		const ids = world.components.map(({ id }) => id);
		await setGroup(0, { component_ids: [ids[0], ids[1]] });
		await setGroup(1, { component_ids: [ids[1], ids[2]] });
		await setGroup(2, { component_ids: [ids[4]] });
		await simulator.clearLog();
	});

	test('posts a new incident with its components, the viewer groups with access to them, the update and the link', async () => {
		const components = affected(1);
		const { posts, error } = await changed(incident(world.pageId, {}, { components }));
		expect([error, posts]).toEqual([
			undefined,
			[
				[
					'*Incident created:* `API errors`',
					'Status: investigating, impact: major',
					`Components: \`${components[0].name}\``,
					`Viewer groups with access: ${groupNames(0)}`,
					'> We are investigating.',
					'https://stspg.example/x?a=1&amp;b=2',
				].join('\n'),
			],
		]);
	});

	test('names each viewer group once for several components', async () => {
		const components = affected(3);
		const { posts } = await changed(incident(world.pageId, {}, { components }));
		expect(posts[0]).toContain(`Components: ${components.map(({ name }) => `\`${name}\``).join(', ')}\n`);
		expect(posts[0]).toContain(`\nViewer groups with access: ${groupNames(0, 1)}\n`);
	});

	test('updates and resolutions have the old and the new status, and an unchanged one once', async () => {
		const { posts } = await changed(
			incident(world.pageId, { event: 'incidentUpdated', oldStatus: 'investigating', newStatus: 'identified' }),
			incident(world.pageId, { event: 'incidentUpdated', oldStatus: 'identified', newStatus: 'identified' }),
			incident(world.pageId, { event: 'incidentResolved', oldStatus: 'identified', newStatus: 'resolved' }),
		);
		expect(posts.map((post) => post.split('\n').slice(0, 2))).toEqual([
			['*Incident updated:* `API errors`', 'Status: investigating → identified, impact: major'],
			['*Incident updated:* `API errors`', 'Status: identified, impact: major'],
			['*Incident resolved:* `API errors`', 'Status: identified → resolved, impact: major'],
		]);
	});

	test('reads the viewer groups once for several events and components, and no single viewer', async () => {
		const components = affected(3);
		await changed(incident(world.pageId, {}, { components }), incident(world.pageId, {}, { components }));
		expect(await requests()).toEqual([`GET /pages/${world.pageId}/page_access_groups`]);
	});

	test('takes the page of the event', async () => {
		await changed(incident(world.otherPageId));
		expect(await requests()).toEqual([`GET /pages/${world.otherPageId}/page_access_groups`]);
	});

	test('an incident without components, an update or a link says only what there is', async () => {
		const { posts } = await changed(
			incident(world.pageId, { update: undefined }, { impact: null, shortlink: '', components: [] }),
		);
		expect(posts).toEqual(['*Incident created:* `API errors`\nStatus: investigating\nComponents: none']);
	});

	test('says that no viewer group has access', async () => {
		const { posts } = await changed(incident(world.pageId, {}, { components: [{ id: 'cmpnoaccess1', name: null }] }));
		expect(posts[0]).toContain('\nComponents: `cmpnoaccess1`\nViewer groups with access: none\n');
	});

	test('shows names as they are, and nothing in a text can mention people', async () => {
		const [component] = affected(1);
		await setGroup(0, { name: NAME });
		const update = { id: 'upd1', status: 'investigating', text: 'a < b & c\n<!channel> done', at: null };
		const { posts } = await changed(
			incident(world.pageId, { update }, { name: NAME, components: [{ id: component.id, name: NAME }] }),
		);
		const [title, , components, groups, first, second] = posts[0].split('\n');
		expect([title, components]).toEqual([`*Incident created:* ${NAME_IN_SLACK}`, `Components: ${NAME_IN_SLACK}`]);
		expect(groups).toBe(`Viewer groups with access: ${NAME_IN_SLACK}`);
		expect([first, second]).toEqual(['> a &lt; b &amp; c', '> &lt;!channel&gt; done']);
	});

	test('posts the incident with the reason if the viewer groups cannot be read', async () => {
		await simulator.fault({ kind: 'status', status: 403, match: { path: '/page_access_groups' }, times: 9 });
		const { posts, error } = await changed(incident(world.pageId, {}, { components: affected(1) }));
		expect(error).toBeUndefined();
		expect(posts).toEqual([
			expect.stringMatching(/\nViewer groups could not be read: .*403.*\n> We are investigating\.\nhttps:/),
		]);
	});

	test('a page without viewer groups still posts', async () => {
		const { posts } = await changed(incident(world.plainPageId, {}, { components: affected(1) }));
		expect(posts).toEqual([expect.stringContaining('Viewer groups with access: none')]);
	});

	test('a long list of names is cut, and the rest is counted', async () => {
		const components = Array.from({ length: 24 }, (_, index) => ({ id: `cmp${index}`, name: `C${index}` }));
		const { posts } = await changed(incident(world.pageId, {}, { components }));
		expect(posts[0]).toMatch(/`C18`, `C19` and 4 more\n/);
	});
});

/** An item of the mode Access, as the trigger outputs it. */
function accessEvent(kind: ListEvent, { id, row, ...seen }: Seen): IDataObject {
	const isRemoved = kind.endsWith('Removed');
	return accessItem(
		{ kind, id, ...(isRemoved ? {} : { seen: { id, row, ...seen } }), known: row, changed: [] },
		{ pageId: world.pageId, organizationId: world.organizationId },
		new Map(),
	);
}

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
		accessEvent(
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

describe('permission-drift-alarm.json', () => {
	const example = readExample('permission-drift-alarm.json');
	const CONFIGURATION = 'Page Configuration';
	const INCIDENTS = 'Incident Manager';
	const MAINTENANCES = 'Maintenance Manager';

	const ANNA = { id: 'member000001', email: 'anna@example.com' };
	const member = (kind: ListEvent, name = ''): IDataObject =>
		accessEvent(kind, seenTeamMember({ ...ANNA, first_name: name, last_name: '' } as TeamMember));
	/** @param pages names of the roles by ID of the page; null for a page without roles */
	const permissions = (
		pages: Record<string, string[] | null>,
		{ id, email }: { id: string; email: string | null } = ANNA,
	) =>
		accessEvent(
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

describe('vendor-status-to-slack.json', () => {
	const example = readExample('vendor-status-to-slack.json');
	const PAGE = { id: 'page12345678', name: 'Vendor', url: 'https://status.vendor.example' };
	const vendor = (item: IDataObject): IDataObject => ({
		...item,
		pageName: PAGE.name,
		pageUrl: PAGE.url,
		pageAddress: 'status.vendor.example',
	});
	/** The nodes that posted, with their texts. */
	async function posted(...items: IDataObject[]): Promise<string[][]> {
		const { ran, items: itemsOf, error } = await runExample(example, world, { start: 'Vendor status changed', items });
		expect(error).toBeUndefined();
		return ran
			.filter((name) => name.startsWith('Post '))
			.flatMap((name) => itemsOf(name).map(({ text }) => [name, String(text)]));
	}

	test.each([
		['incidentCreated', null, 'investigating', 'Incident created', 'Status: investigating'],
		['incidentUpdated', 'investigating', 'identified', 'Incident updated', 'Status: investigating → identified'],
		['incidentResolved', 'monitoring', 'resolved', 'Incident resolved', 'Status: monitoring → resolved'],
	] as const)('%s', async (event, oldStatus, newStatus, title, status) => {
		const components = [{ id: 'cmp1', name: 'API' }];
		expect(await posted(vendor(incident('page12345678', { event, oldStatus, newStatus }, { components })))).toEqual([
			[
				'Post the incident',
				[
					`\`Vendor\`: *${title}* \`API errors\``,
					status,
					'Components: `API`',
					'> We are investigating.',
					'https://stspg.example/x?a=1&amp;b=2',
				].join('\n'),
			],
		]);
	});

	test.each([
		['maintenanceScheduled', 'Maintenance scheduled'],
		['maintenanceStarted', 'Maintenance started'],
		['maintenanceUpdated', 'Maintenance updated'],
		['maintenanceCompleted', 'Maintenance completed'],
	] as const)('%s has its times', async (event, title) => {
		const reading = { scheduledFor: '2031-02-16T04:30:00.000Z', scheduledUntil: '2031-02-16T07:00:00.000Z' };
		const item = vendor(
			incident('page12345678', { event, oldStatus: 'scheduled', newStatus: 'in_progress', update: undefined }, reading),
		);
		expect(await posted(item)).toEqual([
			[
				'Post the maintenance',
				[
					`\`Vendor\`: *${title}* \`API errors\``,
					'Status: scheduled → in progress',
					'From 16 February 2031, 04:30 UTC to 16 February 2031, 07:00 UTC',
					'https://stspg.example/x?a=1&amp;b=2',
				].join('\n'),
			],
		]);
	});

	test('a component has its old and new status in words', async () => {
		const change = { id: 'cmp1', name: NAME, groupId: null, oldStatus: 'operational', newStatus: 'major_outage' };
		const item = vendor(componentEventOutput(PAGE, { ...change, changedAt: null }));
		expect(await posted(item)).toEqual([
			[
				'Post the component',
				`\`Vendor\`: component ${NAME_IN_SLACK}: operational → major outage\nhttps://status.vendor.example`,
			],
		]);
	});

	test('a removed incident has its last status and the reason', async () => {
		const removed = { id: 'inc123456789', name: 'API errors', status: 'monitoring', isBeyond: false };
		expect(await posted(vendor(removalOutput(PAGE, removed)))).toEqual([
			[
				'Post the incident',
				'`Vendor`: *Incident removed* `API errors`\nLast status: monitoring\nThe page does not contain the incident anymore. It was not resolved before, so it was probably deleted',
			],
		]);
	});

	test('says that more incidents may have been missed', async () => {
		const [[, text]] = await posted(vendor({ ...incident('page12345678'), mayHaveMissed: true }));
		expect(text).toContain('\nThe page lists only its newest incidents, so there may be more.\n');
	});

	test('the status of the page has its old and new value, and the text of the page', async () => {
		const status = { indicator: 'major', indicatorGiven: null, description: 'R&D <down>' };
		expect(await posted(vendor(indicatorOutput(PAGE, 'none', status)))).toEqual([
			[
				'Post the page status',
				'`Vendor`: page status: none → major\nR&amp;D &lt;down&gt;\nhttps://status.vendor.example',
			],
		]);
	});

	test('a page that cannot be read is a message of its own, and another one follows', async () => {
		const reason = 'The page answered 503 with <html>';
		const since = '2026-11-30T10:00:00.000Z';
		expect(
			await posted(
				vendor(reachabilityOutput('pageUnreachable', PAGE, { reason, since })),
				{ ...reachabilityOutput('pageUnreachable', undefined, { reason, since }), pageAddress: 'status.new.example' },
				vendor(reachabilityOutput('pageReachable', PAGE, { reason: null, since })),
			),
		).toEqual([
			[
				'Post whether the page can be read',
				'`Vendor`: the status page cannot be read, so events of this vendor may be missing.\nThe page answered 503 with &lt;html&gt;\nhttps://status.vendor.example',
			],
			[
				'Post whether the page can be read',
				'`status.new.example`: the status page cannot be read, so events of this vendor may be missing.\nThe page answered 503 with &lt;html&gt;',
			],
			[
				'Post whether the page can be read',
				'`Vendor`: the status page can be read again.\nhttps://status.vendor.example',
			],
		]);
	});

	test('names of several vendors stay apart, one message per event, and nothing in a text can mention people', async () => {
		const text = 'a < b & c\n<!channel> done';
		const update = { id: 'upd1', status: 'investigating', text, at: null };
		const texts = (
			await posted(
				{ ...vendor(incident('page12345678')), pageName: NAME, incidentName: NAME },
				{ ...vendor(incident('page12345678', { update })), pageName: 'Other' },
			)
		).map(([, post]) => post.split('\n'));
		expect(texts.map(([title]) => title)).toEqual([
			`${NAME_IN_SLACK}: *Incident created* ${NAME_IN_SLACK}`,
			'`Other`: *Incident created* `API errors`',
		]);
		expect(texts[1]).toEqual(expect.arrayContaining(['> a &lt; b &amp; c', '> &lt;!channel&gt; done']));
	});

	test('a sample of an event that no page shows posts nothing', async () => {
		const note = 'The pages show nothing now that could be an example of Maintenance Started';
		expect(await posted({ event: 'maintenanceStarted', note, isSample: true })).toEqual([]);
	});

	test('each event of the trigger has a message', async () => {
		const trigger = example.nodes.find(({ name }) => name === 'Vendor status changed');
		const events = trigger?.parameters.events as string[];
		expect(events.length).toBeGreaterThan(10);
		for (const event of events)
			expect([event, (await posted(vendor({ ...incident('page12345678'), event }))).length]).toEqual([event, 1]);
	});
});
