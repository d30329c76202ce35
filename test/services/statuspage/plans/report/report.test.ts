import { startSimulator, type Simulator } from '../../../../support/simulator';
import { results, run, worldOf, type World } from '../../../../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ viewers: 40, limit: 100_000 });
	world = await worldOf(simulator);
});

describe('the report', () => {
	test('lists access with its type, and findings', async () => {
		const [group, empty] = world.groups;
		const [viewer] = world.viewers.filter(({ groupIds }) => groupIds.includes(group.id));
		const [api, web] = world.components;
		await simulator.send('POST', `/pages/${world.pageId}/page_access_groups/${group.id}/components`, {
			body: { component_ids: [api.id] },
		});
		await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${empty.id}`, {
			body: { page_access_group: { page_access_user_ids: [] } },
		});
		await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${viewer.id}/components`, {
			body: { component_ids: [web.id] },
		});
		const rows = await results(world, 'access getReport');
		const ways = rows
			.filter(({ personId }) => personId === viewer.id)
			.map(({ component, way, via }) => [component, way, via]);
		expect(ways).toEqual([
			[api.name, 'group', group.name],
			[web.name, 'direct', ''],
		]);
		const seeing = new Set(rows.filter(({ person }) => person === 'viewer').map(({ personId }) => personId));
		const blind = rows.filter(({ finding }) => finding === 'viewerSeesNothing').map(({ subjectId }) => subjectId);
		expect(blind).toEqual(world.viewers.map(({ id }) => id).filter((id) => !seeing.has(id)));
		expect(rows.filter(({ finding }) => finding === 'groupWithNobody').map(({ subjectId }) => subjectId)).toContain(
			empty.id,
		);
		expect(
			rows.filter(({ personId, way }) => personId === world.memberId && way === 'role').map(({ pageId }) => pageId),
		).toContain(world.plainPageId);
		const { members } = await simulator.state();
		const idle = Object.values(members).filter(({ permissions }) => Object.keys(permissions).length === 0);
		expect(rows.filter(({ finding }) => finding === 'teamMemberWithoutPages')).toHaveLength(idle.length);
	});

	test('has no finding about viewers without access if own components were not read', async () => {
		const { items, hints } = await run(world, 'access getReport', {
			options: { directComponents: false, teamMembers: false },
		});
		expect(items.some(({ finding }) => finding === 'viewerSeesNothing')).toBe(false);
		expect(hints.join()).toContain('Own components of viewers were not checked');
		expect(
			(await simulator.log()).some(({ path }) => path.endsWith('/components') && path.includes('page_access_users')),
		).toBe(false);
	});

	test('about some people only contains them, takes few requests and has no rows for people without access', async () => {
		const { memberEmail, viewers, groups, components } = world;
		await simulator.send('POST', `/pages/${world.pageId}/page_access_groups/${groups[0].id}/components`, {
			body: { component_ids: [components[0].id] },
		});
		const viewer = viewers.find(({ groupIds }) => groupIds.includes(groups[0].id));
		await simulator.clearLog();
		const emails = `${viewer?.email.toUpperCase()}, ${memberEmail}, nobody@example.com`;
		const { items, hints } = await run(world, 'access getReport', { options: { emails, pageIds: [world.pageId] } });
		expect(new Set(items.map(({ email }) => email))).toEqual(new Set([viewer?.email, memberEmail]));
		expect(items.every(({ kind }) => kind === 'access')).toBe(true);
		expect(hints.join()).toContain('Only these people were checked');
		const permissions = (await simulator.calls()).filter((call) => call.includes('/permissions/'));
		expect(permissions).toEqual([`GET /organizations/${world.organizationId}/permissions/${world.memberId}`]);
		expect((await run(world, 'access getReport', { options: { emails: ['nobody@example.com'] } })).items).toEqual([]);
	});
});
