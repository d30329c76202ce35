import { startSimulator, type Simulator } from '../support/simulator';

let simulator: Simulator;
let page: string;
let organization: string;
beforeAll(async () => (simulator = await startSimulator({ viewers: 5, limit: 100_000 })));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset();
	const { pages, organizationId } = await simulator.state();
	page = `/pages/${Object.keys(pages)[0]}`;
	organization = `/organizations/${organizationId}`;
});

async function answer(method: string, path: string, body?: unknown) {
	const response = await simulator.send(method, path, { body });
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const rows = async (group: boolean) =>
	Object.values((await simulator.page()).components).filter((row) => row.group === group);

test.each<[string, (path: string) => string, unknown]>([
	['a setting that is not documented', () => page, { page: { headline: 'New' } }],
	['a setting outside the envelope', () => page, { name: 'New' }],
	['a switch as text', () => page, { page: { allow_sms_subscribers: 'no' } }],
	['an unknown branding', () => page, { page: { branding: 'gold' } }],
	[
		'an unknown field of the embed configuration',
		() => `${page}/status_embed_config`,
		{ status_embed_config: { x: '' } },
	],
	['a group without its name', (id) => `${page}/component-groups/${id}`, { component_group: { components: ['a'] } }],
	['a group without its components', (id) => `${page}/component-groups/${id}`, { component_group: { name: 'New' } }],
	[
		'a position of a group',
		(id) => `${page}/component-groups/${id}`,
		{ component_group: { name: 'New', components: ['a'], position: 1 } },
	],
])('%s is rejected, by PATCH and by PUT', async (_, path, body) => {
	const [group] = await rows(true);
	for (const method of ['PATCH', 'PUT'])
		expect([method, (await answer(method, path(group.id), body)).status]).toEqual([method, 400]);
	expect(await simulator.problems()).toHaveLength(2);
});

test('a group needs a name and components of the page', async () => {
	const [component] = await rows(false);
	const [group] = await rows(true);
	for (const component_group of [
		{ name: '', components: [component.id] },
		{ name: 'New', components: [] },
		{ name: 'New', components: [group.id] },
		{ name: 'New', components: ['gone00000001'] },
	])
		expect((await answer('POST', `${page}/component-groups`, { component_group })).status).toBe(422);
	const { status, body } = await answer('POST', `${page}/component-groups`, {
		component_group: { name: 'New', components: [component.id] },
	});
	expect([status, body.components]).toEqual([201, [component.id]]);
});

test('a deleted group is returned, and its components have no group', async () => {
	const [group] = await rows(true);
	const { status, body } = await answer('DELETE', `${page}/component-groups/${group.id}`);
	expect([status, body.id]).toEqual([200, group.id]);
	const members = (await rows(false)).filter(({ id }) => (body.components as string[]).includes(id));
	expect(members.map(({ group_id }) => group_id)).toEqual(members.map(() => null));
	expect((await answer('GET', `${page}/component-groups/${group.id}`)).status).toBe(404);
	expect((await answer('GET', `${page}/component-groups/${members[0].id}`)).status).toBe(404);
});

test('uptime needs a component that displays it', async () => {
	const [group] = await rows(true);
	const path = `${page}/component-groups/${group.id}/uptime`;
	expect((await answer('GET', path)).status).toBe(200);
	for (const { id, group_id } of await rows(false))
		if (group_id === group.id) await answer('PATCH', `${page}/components/${id}`, { component: { showcase: false } });
	expect((await answer('GET', path)).status).toBe(422);
});

test('a new team member has an unused email, no password in answers, and no permissions', async () => {
	const user = { email: 'new@example.com', password: 'correct horse', first_name: 'New' };
	const { status, body } = await answer('POST', `${organization}/users`, { user });
	expect(status).toBe(201);
	expect(body).toMatchObject({ email: user.email, first_name: 'New', last_name: null });
	const { members } = await simulator.state();
	expect(JSON.stringify([body, members])).not.toContain('horse');
	expect(members[String(body.id)].permissions).toEqual({});
	for (const email of ['NEW@example.com', 'nobody', ''])
		expect((await answer('POST', `${organization}/users`, { user: { ...user, email } })).status).toBe(422);
	expect((await answer('POST', `${organization}/users`, { user: { ...user, role: 'admin' } })).status).toBe(400);
	expect((await answer('POST', '/organizations/other/users', { user })).status).toBe(404);
});
