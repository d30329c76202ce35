import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type SimulatedState, type Simulator } from '../../../support/simulator';
import { results, run, worldOf, type World } from '../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({ viewers: 250, limit: 100_000, ...options });
	world = await worldOf(simulator);
}

const plan = async (emails: string[], parameters: IDataObject = {}) => await results(world, 'access planOffboarding', parameters, { items: emails.map((email) => ({ email })) });
const apply = async (items: IDataObject[], options: IDataObject = {}) => await run(world, 'access applyPlan', { options: { capPercent: 100, ...options } }, { items });
const short = (changes: IDataObject[]) => changes.map(({ action, objectId }) => [action, objectId]);

/** Everything in the simulator that carries the address. */
function traces({ pages, members }: SimulatedState, email: string): string[] {
	const isMeant = (other: string | undefined) => other?.toLowerCase() === email.toLowerCase();
	return [
		...Object.values(pages).flatMap(({ row, viewers }) => Object.values(viewers).filter((viewer) => isMeant(viewer.email)).map(() => `viewer on ${row.name}`)),
		...Object.values(pages).flatMap(({ row, subscribers }) => Object.values(subscribers).filter((subscriber) => isMeant(subscriber.row.email)).map(() => `subscriber of ${row.name}`)),
		...Object.values(members).filter((member) => isMeant(member.row.email)).map(() => 'team member'),
	];
}

/** Somebody who is a viewer on two pages, a subscriber and a team member. */
async function everywhere(): Promise<string> {
	const email = world.memberEmail;
	for (const pageId of [world.pageId, world.otherPageId]) {
		await simulator.send('POST', `/pages/${pageId}/page_access_users`, { body: { page_access_user: { email: email.toUpperCase(), ...(pageId === world.pageId ? { page_access_group_ids: world.groups.map(({ id }) => id) } : {}) } } });
	}
	await simulator.clearLog();
	return email;
}

test('everything that one person holds is found on all pages and in the organization, and taken away with evidence', async () => {
	const email = await everywhere();
	const changes = await plan([email], { options: { includeSubscriptions: true } });
	expect(changes.map(({ action, page }) => [action, page])).toEqual([['deleteViewer', world.pageId], ['deleteViewer', world.otherPageId], ['deleteTeamMember', null]]);
	expect(changes[0].note).toContain('Single sign-on sets the members of');
	const { items } = await apply(changes);
	expect(items.map(({ result }) => result)).toEqual(['done', 'done', 'done']);
	expect(traces(await simulator.state(), email)).toEqual([]);
	expect((await plan([email], { options: { includeSubscriptions: true } })).map(({ action, note }) => [action, note])).toEqual([['unchanged', 'No access found on 3 pages. All viewers were read']]);
});

test('one person is asked for, not looked for in the lists', async () => {
	const email = await everywhere();
	await plan([email]);
	// The pages, and for each page the address, perhaps in lower case as well, and the groups; two pages of members.
	expect((await simulator.log()).length).toBeLessThanOrEqual(1 + 3 * 3 + 2);
});

test('hundreds of people cost the lists, and one request a page for those who hold nothing', async () => {
	await start({ viewers: 2000 });
	const leavers = [...world.viewers.slice(0, 300).map(({ email }) => email.toUpperCase()), 'nobody@example.com'];
	await simulator.clearLog();
	const changes = await plan(leavers, { options: { capPercent: 100 } });
	expect(changes.filter(({ action }) => action === 'deleteViewer')).toHaveLength(300);
	expect(changes.at(-1)).toMatchObject({ action: 'unchanged', email: 'nobody@example.com', note: 'No access found on 3 pages. All viewers were read' });
	// The pages; 21 pages of viewers, and one on each other page; the groups of each; two pages of members; 1 leaver without a viewer on 3 pages.
	expect((await simulator.log()).length).toBe(1 + 21 + 2 + 3 + 2 + 3);
});

test('subscriptions go only where that is asked for, also those under the viewer', async () => {
	const linked = Object.values(world.page.subscribers).find(({ row }) => Object.values(world.viewers).some(({ email }) => email === row.email));
	const email = linked?.row.email ?? '';
	expect((await plan([email])).map(({ action }) => action)).toEqual(['deleteViewer']);
	const changes = await plan([email], { options: { includeSubscriptions: true } });
	expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['deleteViewer', 'deleteSubscriber']));
	await apply(changes);
	expect(traces(await simulator.state(), email)).toEqual([]);
});

test('viewers and members can stay, without access', async () => {
	const email = await everywhere();
	const [mine] = Object.values((await simulator.page()).viewers).filter((viewer) => viewer.email.toLowerCase() === email.toLowerCase());
	await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${mine.id}/components`, { body: { component_ids: world.components.slice(0, 2).map(({ id }) => id) } });
	const changes = await plan([email], { viewers: 'removeAccess', teamMembers: 'removePermissions' });
	expect(short(changes).filter(([action]) => action === 'setPermissions')).toHaveLength(3);
	await simulator.clearLog();
	const { items } = await apply(changes);
	expect(new Set(items.map(({ result }) => result))).toEqual(new Set(['done']));
	// All pages of one member: one look and one write.
	expect((await simulator.log()).filter(({ path }) => path.includes('/permissions/')).map(({ method }) => method)).toEqual(['GET', 'PUT']);
	const state = await simulator.state();
	expect(state.members[world.memberId].permissions).toEqual({});
	expect(state.pages[world.pageId].viewers[mine.id]).toMatchObject({ groupIds: [], componentIds: [] });
});

test('a permission that somebody changed meanwhile is stale, and the other pages are done', async () => {
	const changes = await plan([world.memberEmail], { teamMembers: 'removePermissions' });
	const held = (await simulator.state()).members[world.memberId].permissions;
	const turned = Object.fromEntries(Object.entries(held[world.otherPageId]).map(([role, has]) => [role, !has]));
	await simulator.send('PUT', `/organizations/${world.organizationId}/permissions/${world.memberId}`, { body: { pages: { ...held, [world.otherPageId]: turned } } });
	const { items } = await apply(changes);
	expect(items.map(({ page, result }) => [page, result])).toEqual(changes.map(({ page }) => [page, page === world.otherPageId ? 'stale' : 'done']));
	expect((await simulator.state()).members[world.memberId].permissions).toEqual({ [world.otherPageId]: turned });
});

test('a member who cannot be deleted here is named with what to do', async () => {
	const changes = await plan([world.memberEmail]);
	await simulator.fault({ kind: 'status', status: 403, match: { method: 'DELETE', path: '/users/' } });
	const { items, error } = await apply(changes);
	expect(error).toBeUndefined();
	expect(items).toMatchObject([{ result: 'failed', reason: expect.stringContaining("Team Members: Remove Permissions") }]);
	await simulator.fault({ kind: 'status', status: 403, match: { method: 'DELETE', path: '/users/' } });
	expect((await apply(changes, { failIfAnythingIsLeft: true })).error?.message).toContain('1 of 1 changes are left');
});

test('without an organization ID it says that team membership was not looked at', async () => {
	world.credential.organizationId = '';
	const changes = await plan([world.viewers[0].email]);
	expect(changes.map(({ action, note }) => [action, note])).toEqual([
		['deleteViewer', undefined],
		['unchanged', 'Team membership was not looked at, because the credential has no organization ID'],
	]);
});

test('a viewer who slipped through the list is found by one request more', async () => {
	const [hidden, other] = world.viewers;
	const list = world.viewers.slice(1, 101).map(({ id, email }) => ({ id, email, page_access_group_ids: [] }));
	await simulator.fault({ kind: 'body', match: { path: 'page_access_users$' }, body: list });
	const changes = await plan([hidden.email, other.email], { options: { capPercent: 100 } });
	expect(short(changes)).toEqual([['deleteViewer', hidden.id], ['deleteViewer', other.id]]);
});

test('the cap counts leavers among everybody who was seen', async () => {
	const leavers = world.viewers.slice(0, 120).map(({ email }) => ({ email }));
	const { error } = await run(world, 'access planOffboarding', {}, { items: leavers });
	expect(error?.message).toMatch(/takes something away from 120 people .* at most \d+ may lose something \(10 %\)/);
});
