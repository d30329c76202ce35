import { systemClock } from '../../nodes/shared/http/clock';
import type { IDataObject } from 'n8n-workflow';
import { forgetAccessWatches } from '../../nodes/services/statuspage/accessWatch/accessWatches';
import { PollingWorkflow } from '../support/pollingTrigger';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;

beforeAll(async () => {
	simulator = await startSimulator({ limit: 1_000_000, viewers: 5900, groups: 12, members: 150 });
});
afterAll(async () => await simulator.stop());

const { now, sleep } = systemClock;
let offset = 0;
/** Time passes without waiting. It never goes back, because the windows of keys outlive a test. */
const advance = (ms: number) => void (offset += ms);

beforeEach(async () => {
	systemClock.now = () => now() + offset;
	systemClock.sleep = async (ms) => {
		if (ms >= 1000) advance(ms);
		else await sleep(ms);
	};
	forgetAccessWatches();
	await simulator.clearFaults();
});
afterEach(() => Object.assign(systemClock, { now, sleep }));

async function reset(options: Record<string, number> = {}): Promise<void> {
	await simulator.reset({ viewers: 250, groups: 12, members: 10, limit: 1_000_000, ...options });
	world = await worldOf(simulator);
}

const VIEWERS = ['viewerAdded', 'viewerChanged', 'viewerRemoved'];
const GROUPS = ['viewerGroupAdded', 'viewerGroupChanged', 'viewerGroupRemoved'];
const MEMBERS = ['teamMemberAdded', 'teamMemberRemoved'];

function parametersFor(events: string[], options: IDataObject = {}): IDataObject {
	return { mode: 'access', events, pageId: locator('id', world.pageId), options };
}

const watch = (events: string[], options?: IDataObject, credential: IDataObject = {}) =>
	new PollingWorkflow({ ...world.credential, ...credential } as never, parametersFor(events, options));

/** Changes the service as somebody else does. Returns the body. */
async function act(method: string, path: string, body?: unknown): Promise<{ id: string }> {
	const answer = await simulator.send(method, path, { body });
	if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
	return (answer.status === 204 ? { id: '' } : await answer.json()) as { id: string };
}

const viewersPath = () => `/pages/${world.pageId}/page_access_users`;
const groupsPath = () => `/pages/${world.pageId}/page_access_groups`;
const organizationPath = () => `/organizations/${world.organizationId}`;
const addViewer = async (email: string) =>
	(await act('POST', viewersPath(), { page_access_user: { email, page_access_group_ids: [] } })).id;
const removeViewer = async (id: string) => await act('DELETE', `${viewersPath()}/${id}`);
const changeViewer = async (id: string, fields: object) =>
	await act('PATCH', `${viewersPath()}/${id}`, { page_access_user: fields });

/** Items as "event id", sorted. */
const brief = (items: IDataObject[]) =>
	items
		.map(({ event, viewerId, viewerGroupId, teamMemberId }) =>
			[event, viewerId ?? viewerGroupId ?? teamMemberId ?? ''].join(' ').trim(),
		)
		.sort();

test('viewers: the first poll has no events, then each change has one item with all its fields', async () => {
	await reset();
	const workflow = watch([...VIEWERS, ...GROUPS]);
	expect(await workflow.publish()).toEqual([]);
	expect(await workflow.poll()).toEqual([]);
	const [first, second] = world.viewers;
	const added = await addViewer('new.person@example.com');
	await changeViewer(first.id, { email: 'renamed@example.com' });
	await removeViewer(second.id);
	const items = await workflow.poll();
	// Groups that lost a member changed too.
	expect(items.filter(({ event }) => /^viewer[ACR]/.test(String(event)))).toEqual([
		{
			event: 'viewerChanged',
			pageId: world.pageId,
			viewerId: first.id,
			email: 'renamed@example.com',
			externalLogin: first.external_login,
			viewerGroupIds: first.groupIds,
			viewerGroupNames: first.groupIds.map((id) => world.groups.find((group) => group.id === id)?.name),
			changed: ['email'],
		},
		{
			event: 'viewerAdded',
			pageId: world.pageId,
			viewerId: added,
			email: 'new.person@example.com',
			externalLogin: null,
			viewerGroupIds: [],
			viewerGroupNames: [],
		},
		{ event: 'viewerRemoved', pageId: world.pageId, viewerId: second.id, email: null },
	]);
	expect(await workflow.poll()).toEqual([]);
});

test('viewer groups: name, members, components', async () => {
	await reset();
	const workflow = watch(GROUPS);
	await workflow.publish();
	const [a, b] = world.groups;
	const renamed = { page_access_group: { name: 'Renamed', component_ids: [world.components[0].id] } };
	await act('PATCH', `${groupsPath()}/${a.id}`, renamed);
	await act('DELETE', `${groupsPath()}/${b.id}`);
	const { id } = await act('POST', groupsPath(), { page_access_group: { name: 'New' } });
	const items = await workflow.poll();
	expect(items).toEqual([
		{
			event: 'viewerGroupChanged',
			pageId: world.pageId,
			viewerGroupId: a.id,
			name: 'Renamed',
			previousName: a.name,
			externalIdentifier: a.external_identifier,
			viewerCount: a.viewerIds.length,
			componentIds: [world.components[0].id],
			metricIds: a.metricIds,
			changed: ['name', 'components'],
		},
		expect.objectContaining({ event: 'viewerGroupAdded', viewerGroupId: id, name: 'New', viewerCount: 0 }),
		{ event: 'viewerGroupRemoved', pageId: world.pageId, viewerGroupId: b.id, name: b.name },
	]);
});

test.each(['data-map', 'data-list', 'map', 'list', 'roles'])(
	'team members and permissions (%s)',
	async (permissionShape) => {
		await simulator.options({ permissionShape });
		await reset();
		const workflow = watch([...MEMBERS, 'permissionChanged']);
		await workflow.publish();
		const pages = { [world.pageId]: { page_configuration: true } };
		await act('PUT', `${organizationPath()}/permissions/${world.memberId}`, { pages });
		const user = { email: 'new@example.com', password: 'secret-of-the-test', first_name: 'New', last_name: 'Person' };
		const { id } = await act('POST', `${organizationPath()}/users`, { user });
		const [gone] = Object.keys((await simulator.state()).members).filter((member) => member !== world.memberId);
		await act('DELETE', `${organizationPath()}/users/${gone}`);
		const items = await workflow.poll();
		expect(brief(items)).toEqual(
			[`teamMemberAdded ${id}`, `teamMemberRemoved ${gone}`, `permissionChanged ${world.memberId}`].sort(),
		);
		const [added, , changed] = items;
		expect(added).toEqual({
			event: 'teamMemberAdded',
			organizationId: world.organizationId,
			teamMemberId: id,
			email: 'new@example.com',
			name: 'New Person',
		});
		expect(changed).toMatchObject({
			event: 'permissionChanged',
			email: world.memberEmail,
			permissions: [{ pageId: world.pageId, roles: ['Page Configuration'] }],
		});
		expect((changed.changedPages as IDataObject[]).map(({ pageId }) => pageId)).toEqual(
			expect.arrayContaining([world.otherPageId, world.plainPageId]),
		);
		expect(await workflow.poll()).toEqual([]);
		await simulator.options({ permissionShape: 'data-map' });
	},
);

describe('over 5,900 viewers', () => {
	test('adds, removals, changes, a slip, a poll that dies on page 37, cuts and restarts: each event exactly once', async () => {
		await reset({ viewers: 5900 });
		const workflow = watch(VIEWERS, {}, { requestsPerMinute: 60, rateWindowSeconds: 60 });
		expect(await workflow.publish()).toEqual([]);
		const told: string[] = [];
		const minute = async () => {
			advance(60_000);
			told.push(...brief(await workflow.poll()));
		};
		const expected: string[] = [];
		const { viewers } = world;
		for (let index = 0; index < 25; index++) {
			const id = viewers[100 + index * 200].id;
			if (index % 2 === 0) await removeViewer(id);
			else await changeViewer(id, { email: `changed${index}@example.com` });
			expected.push(`${index % 2 === 0 ? 'viewerRemoved' : 'viewerChanged'} ${id}`);
		}
		for (let index = 0; index < 5; index++)
			expected.push(`viewerAdded ${await addViewer(`added${index}@example.com`)}`);
		// The first 30 pages fit into one poll.
		await minute();
		expect(told).toEqual([]);
		const saved = JSON.stringify(workflow.memory);
		await simulator.clearLog();
		await simulator.fault({
			kind: 'body',
			body: { broken: true },
			match: { path: 'page_access_users' },
			skip: 6,
			times: 99,
		});
		await expect(minute()).rejects.toThrow();
		expect(JSON.stringify(workflow.memory)).toBe(saved);
		await simulator.clearFaults();
		const pagesRead = (await simulator.log()).map(({ query }) => Number(query.page));
		expect([Math.min(...pagesRead), Math.max(...pagesRead)]).toEqual([31, 37]);
		// A viewer of a page that was read already is removed, so the next page loses its first viewer.
		const slipped = viewers[5].id;
		let isRemoved = false;
		workflow.before = async (url) => {
			if (isRemoved || !url.endsWith('page_access_users')) return;
			isRemoved = true;
			await removeViewer(slipped);
		};
		for (let poll = 0; poll < 4; poll++) await minute();
		expect(told.sort()).toEqual(expected.sort());
		told.push(...brief(await workflow.restart()));
		for (let poll = 0; poll < 6; poll++) await minute();
		expect(told.sort()).toEqual([...expected, `viewerRemoved ${slipped}`].sort());
	});

	test('publishing reads the whole baseline, at half of the rate', async () => {
		await reset({ viewers: 5900 });
		const workflow = watch(VIEWERS, {}, { requestsPerMinute: 60, rateWindowSeconds: 60 });
		const began = systemClock.now();
		await workflow.publish();
		expect(systemClock.now() - began).toBeGreaterThan(60_000);
		expect(systemClock.now() - began).toBeLessThan(125_000);
		const { length } = JSON.stringify(workflow.saved);
		expect(length).toBeGreaterThan(100_000);
		expect(length).toBeLessThan(590_000);
	});

	test("with n8n's durable scheduler, the baseline is set over several polls, and nothing is waited for", async () => {
		await reset({ viewers: 5900 });
		const workflow = watch(VIEWERS, {}, { requestsPerMinute: 60, rateWindowSeconds: 60 });
		workflow.budgetMs = 36_000;
		const began = systemClock.now();
		await workflow.publish();
		expect(systemClock.now() - began).toBeLessThan(36_000);
		expect(workflow.saved).toEqual({ 'node:Trigger': {} });
		advance(60_000);
		await workflow.poll();
		advance(60_000);
		await workflow.poll();
		const id = await addViewer('a@example.com');
		const told: string[] = [];
		for (let poll = 0; poll < 4; poll++) {
			advance(60_000);
			told.push(...brief(await workflow.poll()));
		}
		expect(told).toEqual([`viewerAdded ${id}`]);
		// Changes without an event are not saved, and continue in this process.
		const quiet = watch(['viewerRemoved']);
		quiet.budgetMs = 36_000;
		await quiet.publish();
		const added = await addViewer('quiet@example.com');
		expect(await quiet.poll()).toEqual([]);
		await removeViewer(added);
		expect(brief(await quiet.poll())).toEqual([`viewerRemoved ${added}`]);
		expect(await quiet.poll()).toEqual([]);
	});

	test('a poll leaves half of the window to others', async () => {
		await reset({ viewers: 5900 });
		const workflow = watch(VIEWERS, {}, { requestsPerMinute: 60, rateWindowSeconds: 60 });
		await workflow.publish();
		advance(60_000);
		await simulator.clearLog();
		await workflow.poll();
		expect((await simulator.log()).length).toBe(30);
	});

	test('the log says once that the interval is too short', async () => {
		await reset({ viewers: 5900 });
		const workflow = watch(VIEWERS, {}, { requestsPerMinute: 60, rateWindowSeconds: 60 });
		await workflow.publish();
		for (let poll = 0; poll < 4; poll++) {
			advance(60_000);
			await workflow.poll();
		}
		expect(workflow.warnings).toEqual([expect.stringContaining('Choose at least 2 minutes')]);
	});
});

test('a poll that starts while another one runs has no events, and sends nothing', async () => {
	await reset();
	const workflow = watch(VIEWERS);
	await workflow.publish();
	await removeViewer(world.viewers[0].id);
	let second: IDataObject[] | undefined;
	let isBusy = false;
	workflow.before = async () => {
		if (isBusy) return;
		isBusy = true;
		second = await workflow.poll();
	};
	await simulator.clearLog();
	expect(brief(await workflow.poll())).toEqual([`viewerRemoved ${world.viewers[0].id}`]);
	expect(second).toEqual([]);
	expect((await simulator.log()).filter(({ query }) => query.page === '1')).toHaveLength(1);
	// Also after a poll that failed.
	workflow.before = async () => {};
	await simulator.fault({ kind: 'status', status: 403, match: { path: 'page_access_users' } });
	await expect(workflow.poll()).rejects.toThrow();
	const id = await addViewer('after@example.com');
	expect(brief(await workflow.poll())).toEqual([`viewerAdded ${id}`]);
});

test('publishing other settings while a poll runs sets their baseline', async () => {
	await reset();
	const workflow = watch(VIEWERS);
	await workflow.publish();
	let isBusy = false;
	workflow.before = async () => {
		if (isBusy) return;
		isBusy = true;
		await workflow.publish(parametersFor(MEMBERS));
	};
	await workflow.poll();
	const { access } = workflow.saved['node:Trigger'] as { access: { sources: object } };
	expect(Object.keys(access.sources)).toContain('teamMembers');
});

test.each([403, 404])('a page that answers %i is an error, and never a removal of all', async (status) => {
	await reset();
	const workflow = watch([...VIEWERS, ...GROUPS, ...MEMBERS]);
	await workflow.publish();
	await simulator.fault({ kind: 'status', status, times: 1000 });
	for (let poll = 0; poll < 3; poll++) await expect(workflow.poll()).rejects.toThrow();
	await simulator.clearFaults();
	for (let poll = 0; poll < 3; poll++) expect(await workflow.poll()).toEqual([]);
});

test('with the emails kept, a removal names the viewer', async () => {
	await reset();
	const workflow = watch(VIEWERS, { keepEmails: true });
	await workflow.publish();
	const [viewer] = world.viewers;
	await removeViewer(viewer.id);
	expect(await workflow.poll()).toEqual([
		{ event: 'viewerRemoved', pageId: world.pageId, viewerId: viewer.id, email: viewer.email },
	]);
});

test('a restart keeps the state that was saved with events', async () => {
	await reset();
	const workflow = watch(VIEWERS);
	await workflow.publish();
	const a = await addViewer('a@example.com');
	expect(brief(await workflow.poll())).toEqual([`viewerAdded ${a}`]);
	const b = await addViewer('b@example.com');
	expect(brief(await workflow.restart())).toEqual([`viewerAdded ${b}`]);
	expect(await workflow.poll()).toEqual([]);
	expect(await workflow.restart()).toEqual([]);
});

test('an event that is chosen later and another page start with a baseline', async () => {
	await reset();
	const workflow = watch(['viewerAdded']);
	await workflow.publish();
	await removeViewer(world.viewers[0].id);
	expect(await workflow.publish(parametersFor(VIEWERS))).toEqual([]);
	await removeViewer(world.viewers[1].id);
	expect(brief(await workflow.poll())).toEqual([`viewerRemoved ${world.viewers[1].id}`]);
	expect(await workflow.publish({ ...parametersFor(VIEWERS), pageId: locator('id', world.otherPageId) })).toEqual([]);
	expect(await workflow.publish(parametersFor(VIEWERS))).toEqual([]);
});

test('a new key continues where the old one ended', async () => {
	await reset();
	const workflow = watch(VIEWERS);
	await workflow.publish();
	const id = await addViewer('a@example.com');
	await simulator.options({ keys: ['simulator-key', 'another-key'] });
	const credential = { ...world.credential, apiKey: 'another-key' };
	expect(brief(await workflow.publish(parametersFor(VIEWERS), credential))).toEqual([`viewerAdded ${id}`]);
});

test('the page can be entered by its name', async () => {
	await reset();
	const parameters = { ...parametersFor(['viewerAdded']), pageId: locator('name', String(world.page.row.name)) };
	const workflow = new PollingWorkflow(world.credential, parameters);
	await workflow.publish();
	const id = await addViewer('a@example.com');
	expect(await workflow.poll()).toEqual([expect.objectContaining({ pageId: world.pageId, viewerId: id })]);
});

describe('what is missing is said before a request', () => {
	test.each([
		[[...MEMBERS], { organizationId: '' }, {}, /'Organization ID' is empty/],
		[['permissionChanged'], { organizationId: '' }, {}, /'Organization ID' is empty/],
		[['keyExpires'], {}, {}, /contains 'Key Expires', but the credential has no expiry date/],
		[[], {}, {}, /'Events' is empty/],
		[['viewerAdded'], {}, { pageId: locator('list', '') }, /'Page'/],
		[['unheardOf'], {}, {}, /'Events'/],
	])('%j', async (events, credential, parameters, message) => {
		await reset();
		await simulator.clearLog();
		const workflow = new PollingWorkflow({ ...world.credential, ...credential } as never, {
			...parametersFor(events),
			...parameters,
		});
		await expect(workflow.publish()).rejects.toThrow(message);
		expect(await simulator.log()).toEqual([]);
	});

	test('an organization ID of the node is used', async () => {
		await reset();
		const workflow = watch(MEMBERS, { organizationId: world.organizationId }, { organizationId: '' });
		expect(await workflow.publish()).toEqual([]);
	});

	test('the page is not needed for events of the organization', async () => {
		await reset();
		const workflow = new PollingWorkflow(world.credential, { mode: 'access', events: MEMBERS });
		expect(await workflow.publish()).toEqual([]);
	});
});

test('the expiry of the key is told once, without a request, also when requests fail', async () => {
	await reset();
	const in20Days = new Date(Date.now() + 20.5 * 86_400_000).toISOString();
	const workflow = watch(['keyExpires'], {}, { expiresOn: in20Days });
	await simulator.clearLog();
	expect(await workflow.publish()).toEqual([]);
	const expected = [{ event: 'keyExpires', expiresOn: in20Days.slice(0, 10), daysLeft: 20 }];
	expect(await workflow.poll()).toEqual(expected);
	expect([await workflow.poll(), await workflow.restart()]).toEqual([[], []]);
	expect(await simulator.log()).toEqual([]);
	const both = watch(['keyExpires', ...VIEWERS], {}, { expiresOn: in20Days });
	await both.publish();
	await simulator.fault({ kind: 'status', status: 401, times: 1000 });
	expect(await both.poll()).toEqual(expected);
	await expect(both.poll()).rejects.toThrow(/API key/);
});

test('a manual run gives one sample per event from real data, with the cost, and changes no state', async () => {
	await reset({ viewers: 5900, members: 150 });
	const events = [...VIEWERS, ...GROUPS, ...MEMBERS, 'permissionChanged', 'keyExpires'];
	const workflow = watch(events, {}, { expiresOn: '2099-01-01', requestsPerMinute: 60 });
	const items = await workflow.sample();
	expect(items.map(({ event }) => event).sort()).toEqual([...events].sort());
	for (const item of items)
		expect(item).toMatchObject({
			isSample: true,
			// 60 for viewers, 1 for groups, 2 for team members, 2 and 150 for permissions.
			requestsPerPass: 215,
			shortestIntervalMinutes: 8,
			warning: expect.stringContaining('Choose at least 8 minutes'),
		});
	const [added] = items;
	expect(added).toMatchObject({ event: 'viewerAdded', viewerId: world.viewers[0].id, email: world.viewers[0].email });
	expect([workflow.memory, workflow.saved]).toEqual([{}, {}]);
	const fewer = new PollingWorkflow(world.credential, {
		...parametersFor(['viewerAdded']),
		pageId: locator('id', world.otherPageId),
	});
	expect(await fewer.sample()).toEqual([
		expect.objectContaining({ event: 'viewerAdded', isSample: true, requestsPerPass: 1, shortestIntervalMinutes: 1 }),
	]);
});
