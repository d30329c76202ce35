import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type SimulatedState, type Simulator } from '../../../../support/simulator';
import { results, run, worldOf, type World } from '../../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ viewers: 250, limit: 100_000, ...options });
	world = await worldOf(simulator);
}

const plan = async (emails: string[], parameters: IDataObject = {}) =>
	await results(world, 'access planOffboarding', parameters, { items: emails.map((email) => ({ email })) });
const apply = async (items: IDataObject[], options: IDataObject = {}) =>
	await run(world, 'access applyPlan', { options: { capPercent: 100, ...options } }, { items });
const doing = (changes: IDataObject[]) => changes.filter(({ action }) => action !== 'unchanged');
const evidenceIn = (changes: IDataObject[]) =>
	changes.filter(({ action }) => action === 'unchanged').map(({ text }) => text);
const short = (changes: IDataObject[]) => doing(changes).map(({ action, objectId }) => [action, objectId]);

/** Everything in the simulator that carries the address. */
function traces({ pages, members }: SimulatedState, email: string): string[] {
	const isMeant = (other: string | undefined) => other?.toLowerCase() === email.toLowerCase();
	return [
		...Object.values(pages).flatMap(({ row, viewers }) =>
			Object.values(viewers)
				.filter((viewer) => isMeant(viewer.email))
				.map(() => `viewer on ${row.name}`),
		),
		...Object.values(pages).flatMap(({ row, subscribers }) =>
			Object.values(subscribers)
				.filter((subscriber) => isMeant(subscriber.row.email))
				.map(() => `subscriber of ${row.name}`),
		),
		...Object.values(members)
			.filter((member) => isMeant(member.row.email))
			.map(() => 'team member'),
	];
}

/** A viewer on two pages who is also a subscriber and a team member. */
async function everywhere(): Promise<string> {
	const email = world.memberEmail;
	for (const pageId of [world.pageId, world.otherPageId]) {
		await simulator.send('POST', `/pages/${pageId}/page_access_users`, {
			body: {
				page_access_user: {
					email: email.toUpperCase(),
					...(pageId === world.pageId ? { page_access_group_ids: world.groups.map(({ id }) => id) } : {}),
				},
			},
		});
	}
	await simulator.clearLog();
	return email;
}

const ALL_PAGES = 'all viewers and viewer groups of pages Northwind Status, Northwind Public and Northwind Internal';

test('finds and removes all access of one leaver on all pages and in the organization', async () => {
	const email = await everywhere();
	const options = { includeSubscriptions: true };
	const changes = await plan([email], { options });
	expect(changes.map(({ action, page }) => [action, page])).toEqual([
		['deleteViewer', world.pageId],
		['deleteViewer', world.otherPageId],
		['deleteTeamMember', null],
	]);
	expect(changes[0].note).toContain('Single sign-on manages the members of');
	const { items } = await apply(changes);
	expect(items.map(({ result }) => result)).toEqual(['done', 'done', 'done']);
	expect(traces(await simulator.state(), email)).toEqual([]);
	const subscriptions = 'all subscriptions of pages Northwind Status, Northwind Public and Northwind Internal';
	expect(evidenceIn(await plan([email], { options }))).toEqual([
		`No access found for ${email}. Checked: ${ALL_PAGES}, all team members, ${subscriptions}.`,
	]);
	expect(evidenceIn(await plan([email]))).toEqual([
		`No access found for ${email}. Checked: ${ALL_PAGES}, all team members. Not checked: subscriptions.`,
	]);
});

test('changes contain the names and the organization ID', async () => {
	const email = await everywhere();
	const [viewer, , member] = await plan([email]);
	expect(viewer).toMatchObject({
		pageName: 'Northwind Status',
		names: Object.fromEntries(world.groups.map(({ id, name }) => [id, name])),
	});
	expect(viewer.text).toContain(`Delete viewer ${email.toUpperCase()} on page Northwind Status, who has viewer groups`);
	expect(member).toMatchObject({
		organizationId: world.organizationId,
		before: { email, permissions: (await simulator.state()).members[world.memberId].permissions },
	});
	expect(member.text).toContain('from the organization and from pages Northwind');
});

test.each(['partial', 'exact'])(
	'one leaver is found by one search per page where it ignores case (%s)',
	async (emailSearch) => {
		await start({ emailSearch });
		const email = await everywhere();
		await plan([email]);
		const log = await simulator.log();
		// The pages; on each page a search and the groups; on the page without the leaver its list of viewers; own access of two viewers; members and permissions.
		expect(log.length).toBe(1 + 3 * 2 + 1 + 2 * 2 + 2 + 1);
		expect(
			log.filter(({ path, query }) => path.endsWith(`${world.pageId}/page_access_users`) && query.email === undefined),
		).toEqual([]);
	},
);

/** Pages that may be requested to find the end of a list that is read for the first time. */
const MOST_IN_VAIN = 3;

test('hundreds of leavers take the lists, own access and one more list per page', async () => {
	await start({ viewers: 2000 });
	const leavers = [...world.viewers.slice(0, 300).map(({ email }) => email.toUpperCase()), 'nobody@example.com'];
	await simulator.clearLog();
	const changes = await plan(leavers, { options: { capPercent: 100 } });
	expect(changes.filter(({ action }) => action === 'deleteViewer')).toHaveLength(300);
	expect(changes.at(-1)).toMatchObject({
		action: 'unchanged',
		email: 'nobody@example.com',
		text: `No access found for nobody@example.com. Checked: ${ALL_PAGES}, all team members. Not checked: subscriptions.`,
	});
	// The pages; 21 pages of viewers, and one on each other page; the groups of each; own access; two pages of members, twice; one look more per page.
	const least = 1 + 21 + 2 + 3 + 2 * 300 + 2 * 2 + 3;
	const { length: requests } = await simulator.log();
	expect(requests).toBeGreaterThanOrEqual(least);
	expect(requests).toBeLessThanOrEqual(least + MOST_IN_VAIN);
});

test('100 unknown leavers among 300 take one more list per page, read concurrently', async () => {
	await start({ viewers: 2000, latency: 20 });
	const leavers = [
		...world.viewers.slice(0, 200).map(({ email }) => email),
		...Array.from({ length: 100 }, (_, index) => `nobody.${index}@example.com`),
	];
	await simulator.clearLog();
	const changes = await plan(leavers, { options: { capPercent: 100 } });
	expect(doing(changes)).toHaveLength(200);
	const log = await simulator.log();
	const lists = log.filter(({ path }) => path.endsWith('/page_access_users')).length;
	expect(lists).toBeGreaterThanOrEqual(2 * (21 + 1 + 1));
	expect(lists).toBeLessThanOrEqual(2 * (21 + 1 + 1) + MOST_IN_VAIN);
	expect(log.filter(({ query }) => query.email !== undefined)).toEqual([]);
});

test('subscriptions are only planned if the option is on, including those linked to the viewer', async () => {
	const linked = Object.values(world.page.subscribers).find(({ row }) =>
		Object.values(world.viewers).some(({ email }) => email === row.email),
	);
	const email = linked?.row.email ?? '';
	const without = await plan([email]);
	expect(doing(without).map(({ action }) => action)).toEqual(['deleteViewer']);
	expect(evidenceIn(without)).toEqual([`Not checked for ${email}: subscriptions.`]);
	const changes = await plan([email], { options: { includeSubscriptions: true } });
	expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['deleteViewer', 'deleteSubscriber']));
	await apply(changes);
	expect(traces(await simulator.state(), email)).toEqual([]);
});

test('viewers and team members can be kept without access', async () => {
	const email = await everywhere();
	const [mine] = Object.values((await simulator.page()).viewers).filter(
		(viewer) => viewer.email.toLowerCase() === email.toLowerCase(),
	);
	await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${mine.id}/components`, {
		body: { component_ids: world.components.slice(0, 2).map(({ id }) => id) },
	});
	const changes = await plan([email], { viewers: 'removeAccess', teamMembers: 'removePermissions' });
	expect(short(changes).filter(([action]) => action === 'setPermissions')).toHaveLength(3);
	await simulator.clearLog();
	const { items } = await apply(doing(changes));
	expect(new Set(items.map(({ result }) => result))).toEqual(new Set(['done']));
	// All pages of one member: one look and one write.
	expect(
		(await simulator.log()).filter(({ path }) => path.includes('/permissions/')).map(({ method }) => method),
	).toEqual(['GET', 'PUT']);
	const state = await simulator.state();
	expect(state.members[world.memberId].permissions).toEqual({});
	expect(state.pages[world.pageId].viewers[mine.id]).toMatchObject({ groupIds: [], componentIds: [] });
	expect(evidenceIn(await plan([email], { viewers: 'removeAccess', teamMembers: 'removePermissions' }))).toEqual([
		`Viewer ${email.toUpperCase()} on page Northwind Status has no access. The viewer is kept.`,
		`Viewer ${email.toUpperCase()} on page Northwind Public has no access. The viewer is kept.`,
		`Team member ${email} has no permissions. The team member is kept.`,
		`Not checked for ${email}: subscriptions.`,
	]);
});

test('a permission that was changed since planning is stale, and the other pages are done', async () => {
	const changes = doing(await plan([world.memberEmail], { teamMembers: 'removePermissions' }));
	const held = (await simulator.state()).members[world.memberId].permissions;
	const turned = Object.fromEntries(Object.entries(held[world.otherPageId]).map(([role, has]) => [role, !has]));
	await simulator.send('PUT', `/organizations/${world.organizationId}/permissions/${world.memberId}`, {
		body: { pages: { ...held, [world.otherPageId]: turned } },
	});
	const { items } = await apply(changes);
	expect(items.map(({ page, result }) => [page, result])).toEqual(
		changes.map(({ page }) => [page, page === world.otherPageId ? 'stale' : 'done']),
	);
	expect((await simulator.state()).members[world.memberId].permissions).toEqual({ [world.otherPageId]: turned });
});

test('a team member who cannot be deleted returns a reason with advice', async () => {
	const changes = doing(await plan([world.memberEmail]));
	await simulator.fault({ kind: 'status', status: 403, match: { method: 'DELETE', path: '/users/' } });
	const { items, error } = await apply(changes);
	expect(error).toBeUndefined();
	expect(items).toMatchObject([
		{ result: 'failed', reason: expect.stringContaining("'Team Members' set to 'Remove Permissions'") },
	]);
	await simulator.fault({ kind: 'status', status: 403, match: { method: 'DELETE', path: '/users/' } });
	expect((await apply(changes, { failIfAnythingIsLeft: true })).error?.message).toContain(
		'1 of 1 change was not applied',
	);
});

test('a viewer who is missing in the list is found with one more request', async () => {
	const [hidden, other] = world.viewers;
	const list = world.viewers.slice(1, 101).map(({ id, email }) => ({ id, email, page_access_group_ids: [] }));
	await simulator.fault({ kind: 'body', match: { path: 'page_access_users$' }, body: list });
	const changes = await plan([hidden.email, other.email], { options: { pageIds: [world.pageId], capPercent: 100 } });
	expect(short(changes)).toEqual([
		['deleteViewer', hidden.id],
		['deleteViewer', other.id],
	]);
});

test('a leaver who is missing in the list of one page is found there too', async () => {
	const email = await everywhere();
	await simulator.fault({ kind: 'body', match: { path: `${world.otherPageId}/page_access_users$` }, body: [] });
	expect(doing(await plan([email, 'nobody@example.com'])).map(({ action, page }) => [action, page])).toEqual([
		['deleteViewer', world.pageId],
		['deleteViewer', world.otherPageId],
		['deleteTeamMember', null],
	]);
});

test('the limit counts leavers per page', async () => {
	const leavers = world.viewers.slice(0, 120).map(({ email }) => ({ email }));
	const { error } = await run(world, 'access planOffboarding', {}, { items: leavers });
	expect(error?.message).toMatch(
		/^This plan removes access from 120 of 250 people in scope on page Northwind Status \(.*\)\. The limit is 25 \(10%\)/,
	);
});

test('people in scope are counted per page and for the team', async () => {
	const leavers = [world.viewers[0].email, world.memberEmail];
	const [summary] = await results(
		world,
		'access planOffboarding',
		{ output: 'summary', options: { includeSubscriptions: true } },
		{ items: leavers.map((email) => ({ email })) },
	);
	const state = await simulator.state();
	const people = new Set(
		[
			...Object.values(state.pages[world.pageId].viewers),
			...Object.values(state.pages[world.pageId].subscribers).map(({ row }) => row),
		].flatMap(({ email }) => email?.toLowerCase() ?? []),
	);
	const team = Object.values(state.members).map(({ row }) => row.email);
	const changes = doing(summary.changes as IDataObject[]);
	expect(changes.map(({ action, peopleInScope }) => [action, peopleInScope])).toEqual([
		['deleteViewer', people.size],
		['deleteTeamMember', team.length],
	]);
	expect(summary.peopleInScope).toBe(new Set([...people, ...team]).size);
	expect(summary).toMatchObject({
		lookedAt: [ALL_PAGES, 'all team members', expect.stringContaining('all subscriptions of pages')],
		notLookedAt: [],
	});
});
