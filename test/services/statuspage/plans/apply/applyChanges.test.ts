/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sleep, type IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../../../support/simulator';
import { locator, results, run, worldOf, type World } from '../../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ viewers: 250, limit: 100_000, latency: 0, membersCap: 0, audience: 'specific', ...options });
	world = await worldOf(simulator);
}

interface Wanted extends IDataObject {
	email: string;
	groups: string[];
}

/** A list with the current access of all viewers, which tests then modify. */
const asTheyAre = (): Wanted[] => world.viewers.map(({ email, groupIds }) => ({ email, groups: groupIds }));
const EVERYONE = { scope: 'everyone', options: { emptyMeansNone: true, capPercent: 100 } };
const plan = async (people: IDataObject[], parameters: IDataObject = {}) =>
	await results(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' }, ...parameters },
		{ items: people },
	);
const apply = async (items: IDataObject[], options: IDataObject = { capPercent: 100 }) =>
	await run(world, 'access applyPlan', { options }, { items });
const resultsOf = (rows: IDataObject[]) => rows.map(({ result }) => result);
const writes = async () => (await simulator.log()).filter(({ method }) => method !== 'GET');

/** A viewer who loses a group, one who gets one, a new one, and a deleted one. */
async function mixedPlan(): Promise<{
	changes: IDataObject[];
	loser: string;
	gainer: string;
	group: string;
	leaver: string;
}> {
	const [loser, gainer, leaver] = [
		world.viewers.find(({ groupIds }) => groupIds.length > 0),
		world.viewers.find(({ groupIds }) => groupIds.length === 0),
		world.viewers[7],
	].map((viewer) => viewer?.id ?? '');
	const group = world.groups[0].id;
	const people = asTheyAre()
		.filter((_, index) => world.viewers[index].id !== leaver)
		.map((person, index) => ({ ...person, id: world.viewers.filter(({ id }) => id !== leaver)[index].id }))
		.map(({ id, ...person }) =>
			id === loser ? { ...person, groups: [] } : id === gainer ? { ...person, groups: [group] } : person,
		);
	const changes = await plan([...people, { email: 'new.person@example.com', groups: [group] }], {
		...EVERYONE,
		deleteViewers: true,
	});
	return { changes, loser, gainer, group, leaver };
}

test('a plan is applied, grants first, then a new plan is empty and applying again changes nothing', async () => {
	const { changes, loser, gainer, group, leaver } = await mixedPlan();
	await simulator.clearLog();
	const { items } = await apply(changes);
	expect(new Set(resultsOf(items))).toEqual(new Set(['done']));
	const { viewers } = await simulator.page();
	expect(viewers[loser].groupIds).toEqual([]);
	expect(viewers[gainer].groupIds).toEqual([group]);
	expect(viewers[leaver]).toBeUndefined();
	expect(Object.values(viewers).find(({ email }) => email === 'new.person@example.com')?.groupIds).toEqual([group]);
	const order = (await writes()).map(({ method }) => method);
	expect(order.indexOf('POST')).toBeLessThan(order.lastIndexOf('PATCH'));
	expect(order.at(-1)).toBe('DELETE');

	await simulator.clearLog();
	const again = await apply(changes);
	expect(new Set(resultsOf(again.items))).toEqual(new Set(['unchanged']));
	expect((await writes()).filter(({ status }) => status < 300)).toEqual([]);
});

test('plans only read', async () => {
	await simulator.clearLog();
	await mixedPlan();
	expect(await writes()).toEqual([]);
});

describe('an edited item is rejected', () => {
	test.each<[string, (change: IDataObject) => IDataObject]>([
		['another object', (change) => ({ ...change, objectId: world.viewers[99].id })],
		['another address', (change) => ({ ...change, email: 'other@example.com' })],
		['another page', (change) => ({ ...change, page: world.otherPageId })],
		['another action', (change) => ({ ...change, action: 'deleteViewer' })],
		[
			'another end',
			(change) => ({ ...change, after: { ...(change.after as IDataObject), groupId: world.groups[5].id } }),
		],
		['another beginning', (change) => ({ ...change, before: null })],
		['more people in scope', (change) => ({ ...change, peopleInScope: 100_000 })],
	])('%s', async (_, edit) => {
		const [change] = await plan([
			{
				email: world.viewers.find(({ groupIds }) => !groupIds.includes(world.groups[0].id))?.email ?? '',
				groups: [world.groups[0].id],
			},
		]);
		await simulator.clearLog();
		const { items } = await apply([edit(change)]);
		expect(items).toMatchObject([{ result: 'failed', reason: expect.stringContaining('was edited after planning') }]);
		expect(await simulator.log()).toEqual([]);
	});

	test('an item that is not a change stops the run before anything is sent', async () => {
		const { error } = await apply([{ email: 'a@example.com' }]);
		expect(error?.message).toContain('Item 0 is not part of a plan');
	});
});

test('an object that was changed between plan and approval is stale, and the others are done', async () => {
	const [one, two] = world.viewers;
	const changes = await plan(
		[
			{ email: one.email, login: 'one' },
			{ email: two.email, login: 'two' },
		],
		{ managedFields: { externalLogin: 'login' } },
	);
	await simulator.send('PATCH', `/pages/${world.pageId}/page_access_users/${one.id}`, {
		body: { page_access_user: { external_login: 'somebody' } },
	});
	const { items, hints } = await apply(changes);
	expect(items.map(({ objectId, result }) => [objectId, result])).toEqual([
		[one.id, 'stale'],
		[two.id, 'done'],
	]);
	expect((await simulator.page()).viewers[one.id].external_login).toBe('somebody');
	expect(hints.join()).toContain('1 of 2 changes was not applied');
	const failing = await apply(changes, { capPercent: 100, failIfAnythingIsLeft: true });
	expect(failing.error?.message).toContain('1 of 2 changes was not applied');
});

test('a viewer that was changed is not deleted', async () => {
	const [leaver] = world.viewers;
	const changes = await plan(asTheyAre().slice(1), { ...EVERYONE, deleteViewers: true });
	expect(changes.map(({ action, objectId }) => [action, objectId])).toEqual([['deleteViewer', leaver.id]]);
	await simulator.send('PATCH', `/pages/${world.pageId}/page_access_users/${leaver.id}`, {
		body: { page_access_user: { page_access_group_ids: world.groups.map(({ id }) => id) } },
	});
	expect((await apply(changes)).items).toMatchObject([{ result: 'stale' }]);
	expect((await simulator.page()).viewers).toHaveProperty(leaver.id);
});

test('a viewer that was created again with a new ID is found by email', async () => {
	const [person, gone] = world.viewers.filter(({ groupIds }) => groupIds.length > 0);
	const people = asTheyAre().map((row) =>
		row.email === person.email || row.email === gone.email ? { ...row, groups: [] } : row,
	);
	const changes = await plan(people, EVERYONE);
	for (const { id } of [person, gone]) await simulator.send('DELETE', `/pages/${world.pageId}/page_access_users/${id}`);
	const made = await simulator.send('POST', `/pages/${world.pageId}/page_access_users`, {
		body: { page_access_user: { email: person.email, page_access_group_ids: person.groupIds } },
	});
	const { id } = (await made.json()) as { id: string };
	const { items } = await apply(changes);
	expect(new Set(resultsOf(items.filter(({ email }) => email === person.email)))).toEqual(new Set(['done']));
	expect(new Set(resultsOf(items.filter(({ email }) => email === gone.email)))).toEqual(new Set(['unchanged']));
	expect((await simulator.page()).viewers[id].groupIds).toEqual([]);
});

test('two concurrent plans are both applied, and no unplanned access is removed', async () => {
	const free = world.viewers.filter(({ groupIds }) => !groupIds.includes(world.groups[0].id)).slice(0, 40);
	const join = async (people: typeof free) =>
		await plan(people.map(({ email }) => ({ email, groups: [world.groups[0].id] })));
	const plans = await Promise.all([join(free.slice(0, 20)), join(free.slice(20))]);
	const before = (await simulator.page()).groups[world.groups[0].id].viewerIds;
	await Promise.all(plans.map(async (changes) => await apply(changes)));
	expect(new Set((await simulator.page()).groups[world.groups[0].id].viewerIds)).toEqual(
		new Set([...before, ...free.map(({ id }) => id)]),
	);
});

test('a member list that is cut at 100 removes no viewer from the group', async () => {
	await start({ viewers: 400, membersCap: 100 });
	const [group] = world.groups;
	const path = `/pages/${world.pageId}/page_access_groups/${group.id}`;
	await simulator.send('PATCH', path, {
		body: { page_access_group: { page_access_user_ids: world.viewers.slice(0, 250).map(({ id }) => id) } },
	});
	const people = [world.viewers[300], world.viewers[301]].map(({ email }) => ({ email, groups: [group.id] }));
	expect(new Set(resultsOf((await apply(await plan(people))).items))).toEqual(new Set(['done']));
	expect((await simulator.page()).groups[group.id].viewerIds).toHaveLength(252);
	// In the group, but behind the cut: no change, and no removal.
	expect(await plan([{ email: world.viewers[200].email, groups: [group.id] }])).toEqual([]);
});

test('a person whose grant failed loses no access', async () => {
	const person = world.viewers.find(({ groupIds }) => groupIds.length > 0 && !groupIds.includes(world.groups[0].id));
	const people = asTheyAre().map((row) =>
		row.email === person?.email ? { ...row, groups: [world.groups[0].id] } : row,
	);
	const changes = await plan(people, EVERYONE);
	await simulator.send('DELETE', `/pages/${world.pageId}/page_access_groups/${world.groups[0].id}`);
	const { items } = await apply(changes.filter(({ email }) => email === person?.email));
	expect(new Set(resultsOf(items))).toEqual(new Set(['failed']));
	expect((await simulator.page()).viewers[person?.id ?? ''].groupIds).toEqual(person?.groupIds);
});

test('the limit applies when planning and when applying', async () => {
	const half = asTheyAre().map((person, index) => (index % 2 ? person : { ...person, groups: [] }));
	const refused = await run(
		world,
		'access planSync',
		{ managedFields: { viewerGroups: 'groups' }, scope: 'everyone', options: { emptyMeansNone: true } },
		{ items: half },
	);
	expect(refused.error?.message).toMatch(/ of 250 people in scope on page .*\. The limit is 25 \(10%\)/);
	expect(refused.error?.description).toContain("'Max People Losing Access (%)'");
	const changes = await plan(half, EVERYONE);
	await simulator.clearLog();
	const { error } = await apply(changes, {});
	expect(error?.message).toContain('The limit is 25');
	expect(await simulator.log()).toEqual([]);
});

test('missing groups are created once and get their members', async () => {
	const people = [world.viewers[0], world.viewers[1]].map(({ email }) => ({ email, groups: ['Brand New'] }));
	const changes = await plan([...people, { email: 'new.person@example.com', groups: ['brand new'] }], {
		options: { createMissingGroups: true },
	});
	expect(new Set(resultsOf((await apply(changes)).items))).toEqual(new Set(['done']));
	const { groups } = await simulator.page();
	const made = Object.values(groups).filter(({ name }) => name.toLowerCase() === 'brand new');
	expect(made).toHaveLength(1);
	expect(made[0].viewerIds).toHaveLength(3);
	expect(new Set(resultsOf((await apply(changes)).items))).toEqual(new Set(['unchanged']));
});

test('a run that was killed and repeated has the same result, and nothing is done twice', async () => {
	const joiners = Array.from({ length: 60 }, (_, index) => ({
		email: `joiner.${index}@example.com`,
		groups: [world.groups[index % 12].id],
	}));
	const people = asTheyAre()
		.slice(10)
		.map((person, index) => (index < 20 ? { ...person, groups: [] } : person));
	const changes = await plan([...people, ...joiners], { ...EVERYONE, deleteViewers: true });
	await simulator.options({ latency: 5 });
	const script = join(__dirname, '../../../../support/applyAlone.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', script, simulator.url], {
		stdio: ['pipe', 'ignore', 'inherit'],
	});
	child.stdin.end(JSON.stringify(changes));
	for (let tries = 0; (await writes()).length < 25 && tries < 2000; tries++) await sleep(5);
	child.kill('SIGKILL');
	await once(child, 'exit');
	const done = (await writes()).length;
	expect(done).toBeGreaterThanOrEqual(25);
	await simulator.options({ latency: 0 });

	const { items } = await apply(changes);
	expect(resultsOf(items).every((result) => result === 'done' || result === 'unchanged')).toBe(true);
	expect(resultsOf(items)).toContain('unchanged');
	const { viewers } = await simulator.page();
	expect(Object.values(viewers).filter(({ email }) => email.startsWith('joiner.'))).toHaveLength(60);
	expect(await plan([...people, ...joiners], { ...EVERYONE, deleteViewers: true })).toEqual([]);
});

test('5,000 viewers, 100 joiners, 50 leavers and 300 moves over 12 groups take the lists and the requests that cannot be shared', async () => {
	await start({ viewers: 5000 });
	const [from, to] = [world.groups.map(({ id }) => id), world.groups.map(({ id }) => id)];
	let moves = 0;
	const people = asTheyAre()
		.slice(50)
		.map((person) => {
			const index = person.groups.length === 1 && moves < 300 ? from.indexOf(person.groups[0]) : -1;
			if (index < 0) return person;
			moves++;
			return { ...person, groups: [to[(index + 1) % 12]] };
		});
	const joiners = Array.from({ length: 100 }, (_, index) => ({
		email: `joiner.${index}@example.com`,
		groups: [world.groups[index % 12].id],
	}));
	await simulator.clearLog();
	const [summary] = await plan([...people, ...joiners], { ...EVERYONE, deleteViewers: true, output: 'summary' });
	const planned = (await simulator.stats()).requests;
	const cost = summary.cost as Record<string, number>;
	expect(summary.counts).toEqual({ createViewer: 100, addToGroup: 300, removeFromGroup: 300, deleteViewer: 50 });
	// The page, the two lists (51 and 1), one request of the audience check, and own components and metrics of each candidate of a deletion.
	// The length of a list is unknown at first, so up to three pages may be requested in vain.
	expect(planned).toBeGreaterThanOrEqual(54 + 2 * 50);
	expect(planned).toBeLessThanOrEqual(54 + 2 * 50 + 3);
	expect(cost.planRequests).toBe(planned);

	await simulator.clearLog();
	const { items } = await apply([summary]);
	expect(new Set(resultsOf(items))).toEqual(new Set(['done']));
	const applied = (await simulator.stats()).requests;
	// 100 creates, one write per group and direction, one list of groups per direction, three reads and a deletion per leaver; and a list
	// of 51 or 52 pages for each group whose number of members is a multiple of 100 before or after.
	const checks =
		(await simulator.log()).filter(
			({ method, query }) => method === 'GET' && query.page === '1' && query.email === undefined,
		).length - 2;
	expect(applied).toBeLessThanOrEqual(100 + 12 + 12 + 2 + 4 * 50 + checks * 52);
	// 2 requests per deletion for own components and metrics, and 1 per group write, are added to the basic cost.
	if (checks === 0) expect(applied).toBeLessThanOrEqual(226 + 2 * 50 + 24);
	expect(applied).toBe(cost.applyRequests);
	expect(await plan([...people, ...joiners], { ...EVERYONE, deleteViewers: true })).toEqual([]);
});

describe('a page that is not audience-specific', () => {
	const people = () => [{ email: 'new.person@example.com', groups: [world.groups[0].id] }];

	test.each(['kept', 'dropped', 'rejected'])(
		'%s: the plan says what was seen and how sure it is, and Stop stops',
		async (audience) => {
			await start({ audience });
			const [change] = await plan(people());
			expect(change.audience).toContain(
				'is probably not audience-specific, so viewers and viewer groups have no effect on it. The public status feed of the page can be read without a login',
			);
			const { error } = await run(
				world,
				'access planSync',
				{ managedFields: { viewerGroups: 'groups' }, options: { audienceCheck: 'stop' } },
				{ items: people() },
			);
			expect(error?.message).toContain('is probably not audience-specific');
			const off = await plan(people(), { options: { audienceCheck: 'off' } });
			expect(off[0]).not.toHaveProperty('audience');
		},
	);

	test('an audience-specific page is recognized', async () => {
		expect((await plan(people()))[0].audience).toContain(
			'is probably audience-specific. The public status feed of the page needs a login',
		);
	});

	test.each([
		['warn', undefined],
		['stop', 'is probably not audience-specific'],
	])('single operations can check it too: %s', async (audienceCheck, message) => {
		await start({ audience: 'kept' });
		const { error, hints } = await run(world, 'viewer create', {
			email: 'new.person@example.com',
			options: { audienceCheck },
		});
		if (message) expect(error?.message).toContain(message);
		else expect(hints.join()).toContain('is probably not audience-specific');
		expect(
			Object.values((await simulator.page()).viewers).some(({ email }) => email === 'new.person@example.com'),
		).toBe(!message);
	});
});

test('a different locator for the same page is accepted', async () => {
	const { error } = await run(
		world,
		'access planSync',
		{ pageId: locator('id', '={{ $json.page }}') },
		{
			items: [
				{ email: 'a@example.com', page: world.pageId },
				{ email: 'b@example.com', page: world.otherPageId },
			],
		},
	);
	expect(error?.message).toContain("'Page' must be the same for all items");
});

test('an edited copy before the item does not replace it', async () => {
	const [change] = await plan([
		{
			email: world.viewers.find(({ groupIds }) => !groupIds.includes(world.groups[0].id))?.email ?? '',
			groups: [world.groups[0].id],
		},
	]);
	const { items } = await apply([{ ...change, email: 'other@example.com' }, change, change]);
	expect(resultsOf(items)).toEqual(['failed', 'done']);
	expect(items[0].reason).toContain('(email)');
	expect(items[1]).toMatchObject({ text: change.text, pageName: 'Northwind Status' });
});
