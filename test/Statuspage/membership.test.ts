import { sleep } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../support/simulator';
import { locator, results, run, worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await start());

async function start(options: Record<string, string | number> = {}): Promise<void> {
	await simulator.reset({
		viewers: 250,
		unknownIds: 'refuse',
		membersCap: 0,
		latency: 0,
		audience: 'specific',
		...options,
	});
	world = await worldOf(simulator);
}

/** Viewers who are not in the first group. */
function outsiders(count: number): string[] {
	return world.viewers
		.filter(({ groupIds }) => !groupIds.includes(world.groups[0].id))
		.slice(0, count)
		.map(({ id }) => id);
}

const firstGroup = () => ({ viewerGroupId: locator('id', world.groups[0].id) });
const membersNow = async () => (await simulator.page()).groups[world.groups[0].id].viewerIds;

async function calls(): Promise<string[]> {
	return (await simulator.log()).map(({ method, path }) => `${method} ${path.replace(/^\/pages\/\w+\//, '')}`);
}

describe('viewers of a group', () => {
	test('500 are added with one read, one write and one check of the group', async () => {
		await start({ viewers: 700 });
		const ids = outsiders(500);
		const [row] = await results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: ids });
		expect(row.added).toEqual(ids);
		const group = `page_access_groups/${world.groups[0].id}`;
		expect(await calls()).toEqual([`GET ${group}`, `PATCH ${group}`, `GET ${group}`]);
		expect(await membersNow()).toEqual([...world.groups[0].viewerIds, ...ids]);
	});

	test('one is added by a write of the viewer, for any size of the group', async () => {
		const [id] = outsiders(1);
		await results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: id });
		expect(await calls()).toEqual([
			`GET page_access_users/${id}`,
			`PATCH page_access_users/${id}`,
			'GET page_access_groups',
		]);
	});

	test('are not written if they already belong to it', async () => {
		const ids = world.groups[0].viewerIds.slice(0, 4);
		const [row] = await results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: ids });
		expect(row).toMatchObject({ added: [], alreadyThere: ids });
		expect((await simulator.log()).every(({ method }) => method === 'GET')).toBe(true);
	});

	test('one invalid ID of eight is named, and the other seven are added', async () => {
		const good = outsiders(7);
		const viewerIds = [...good.slice(0, 5), 'bad0id', ...good.slice(5)];
		const { error } = await run(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds });
		expect(error?.message).toContain('1 of 8');
		expect(error?.message).toContain('Statuspage could not find the viewer bad0id)');
		expect(error?.description).toContain('The other 7 succeeded');
		expect(await membersNow()).toEqual(expect.arrayContaining(good));
	});

	test('an unknown group is named instead of the viewer that was read before', async () => {
		const unknown = { viewerGroupId: locator('id', 'zzzzzz000001'), viewerIds: outsiders(1) };
		const { error } = await run(world, 'viewerGroup addViewers', unknown);
		expect(error?.message).toContain('Statuspage could not find the viewer group zzzzzz000001)');
	});

	test('one that the service ignores is named as well', async () => {
		await start({ unknownIds: 'ignore' });
		const good = outsiders(3);
		const { error } = await run(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: [...good, 'bad0id'] });
		expect(error?.message).toMatch(/bad0id .*Statuspage reported success but didn't apply the change/);
		expect(await membersNow()).toEqual(expect.arrayContaining(good));
	});

	test('an email without a viewer is named, and the others are added', async () => {
		const good = outsiders(3);
		const { error } = await run(world, 'viewerGroup addViewers', {
			...firstGroup(),
			viewerIds: [...good, 'nobody@example.com'],
		});
		expect(error?.message).toContain('nobody@example.com');
		expect(await membersNow()).toEqual(expect.arrayContaining(good));
	});

	test('a write with status 500 is not split, but the group is read again', async () => {
		const ids = outsiders(8);
		const path = `/page_access_groups/${world.groups[0].id}$`;
		await simulator.fault({
			kind: 'body',
			match: { method: 'PATCH', path },
			times: 5,
			status: 500,
			body: { error: 'Oops' },
		});
		const [row] = await results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: ids });
		expect(row.added).toEqual(ids);
		const writes = (await simulator.log()).filter(({ method }) => method === 'PATCH');
		const sizes = writes.map(
			({ body }) =>
				(body as { page_access_group: { page_access_user_ids: string[] } }).page_access_group.page_access_user_ids
					.length,
		);
		expect(new Set(sizes).size).toBe(1);
	}, 60_000);

	test('a list of members that may be truncated is compared with the list of viewers before the write', async () => {
		await start({ viewers: 300 });
		const everybody = world.viewers.map(({ id }) => id);
		await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${world.groups[0].id}`, {
			body: { page_access_group: { page_access_user_ids: everybody.slice(0, 250) } },
		});
		await simulator.options({ membersCap: 100 });
		await results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: everybody.slice(250, 255) });
		expect([...(await membersNow())].sort()).toEqual(everybody.slice(0, 255).sort());
	});

	test('a page that rejects all viewers gets one write, and the status is reported', async () => {
		await start({ audience: 'rejected' });
		const { error } = await run(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: outsiders(3) });
		expect(error?.httpCode).toBe('403');
		expect((await simulator.log()).filter(({ method }) => method === 'PATCH')).toHaveLength(1);
	});
});

describe('concurrent executions in one process', () => {
	beforeEach(async () => await simulator.options({ latency: 20 }));

	test('of one group lose no update', async () => {
		const ids = outsiders(20);
		await Promise.all([
			results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: ids.slice(0, 10) }),
			results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: ids.slice(10) }),
			results(world, 'viewerGroup removeViewers', {
				...firstGroup(),
				viewerIds: world.groups[0].viewerIds.slice(0, 2),
			}),
		]);
		expect([...(await membersNow())].sort()).toEqual([...world.groups[0].viewerIds.slice(2), ...ids].sort());
	});

	// The later one reads before the earlier one has written. Without a lock for viewers and groups, it would overwrite that change.
	test.each([0, 10, 30])('of a viewer, %d ms after its group, lose no update', async (afterMs) => {
		const ids = outsiders(10);
		const viewerId = locator('id', ids[0]);
		const [other] = world.groups.slice(5).filter(({ viewerIds }) => !viewerIds.includes(ids[0]));
		const group = results(world, 'viewerGroup addViewers', { ...firstGroup(), viewerIds: ids });
		await sleep(afterMs);
		await Promise.all([
			group,
			results(world, 'viewer addToGroups', { viewerId, viewerGroupIds: [other.id] }),
			results(world, 'viewer create', {
				email: 'new@example.com',
				additionalFields: { viewerGroupIds: [world.groups[0].id, other.id] },
			}),
			results(world, 'viewer update', { viewerId, updateFields: { viewerGroupIds: [world.groups[1].id] } }),
		]);
		const page = await simulator.page();
		expect(page.viewers[ids[0]].groupIds).toEqual(
			expect.arrayContaining([world.groups[0].id, world.groups[1].id, other.id]),
		);
		expect(page.groups[world.groups[0].id].viewerIds).toEqual(
			expect.arrayContaining([...world.groups[0].viewerIds, ...ids]),
		);
		expect(page.groups[world.groups[0].id].viewerIds).toHaveLength(world.groups[0].viewerIds.length + 11);
		expect(page.groups[other.id].viewerIds).toHaveLength(other.viewerIds.length + 2);
	});

	test('that upsert one group create it once', async () => {
		const rows = await Promise.all(
			[1, 2, 3].map(async () => await results(world, 'viewerGroup upsert', { name: 'New Customer' })),
		);
		expect(
			rows
				.flat()
				.map(({ result }) => result)
				.sort(),
		).toEqual(['created', 'unchanged', 'unchanged']);
	});

	test('of the permissions of one team member lose no update', async () => {
		const teamMemberId = locator('id', world.memberId);
		await Promise.all([
			results(world, 'permission update', {
				teamMemberId,
				pages: { page: [{ pageId: world.pageId, roles: ['pageConfiguration'] }] },
			}),
			results(world, 'permission remove', { teamMemberId, pageIds: [world.otherPageId] }),
			results(world, 'permission remove', { teamMemberId, pageIds: [world.plainPageId] }),
		]);
		const { permissions } = (await simulator.state()).members[world.memberId];
		expect(permissions).toEqual({
			[world.pageId]: { page_configuration: true, incident_manager: false, maintenance_manager: false },
		});
	});
});

describe('a group with an external identifier', () => {
	test('has a hint, because single sign-on may reset its viewers', async () => {
		const [group] = world.groups.filter(({ external_identifier }) => external_identifier !== null);
		const hint = expect.stringContaining('Single sign-on may reset its viewers');
		const members = { viewerGroupId: locator('id', group.id), viewerIds: outsiders(3) };
		expect((await run(world, 'viewerGroup addViewers', members)).hints).toEqual([hint]);
		const groups = { viewerId: locator('id', outsiders(1)[0]), viewerGroupIds: [group.id] };
		expect((await run(world, 'viewer addToGroups', groups)).hints).toEqual([hint]);
		expect((await run(world, 'viewerGroup addViewers', { ...members, ...firstGroup() })).hints).toEqual([]);
	});
});

describe('removals never use a request that would remove everything if its body were lost', () => {
	test('components are removed one by one, and the others are kept', async () => {
		const ids = world.components.slice(0, 4).map(({ id }) => id);
		const viewer = { viewerId: locator('id', world.viewers[0].id) };
		await results(world, 'viewer replaceComponents', { ...viewer, componentIds: ids });
		await results(world, 'viewerGroup replaceComponents', { ...firstGroup(), componentIds: ids });
		await simulator.clearLog();
		await results(world, 'viewer removeComponents', { ...viewer, componentIds: ids.slice(0, 2) });
		await results(world, 'viewerGroup removeComponents', { ...firstGroup(), componentIds: ids.slice(0, 2) });
		await results(world, 'component removeViewers', {
			componentId: locator('id', ids[2]),
			viewerIds: world.viewers[0].id,
		});
		await results(world, 'component removeViewerGroups', {
			componentId: locator('id', ids[2]),
			viewerGroupIds: world.groups[0].id,
		});
		const page = await simulator.page();
		expect(page.viewers[world.viewers[0].id].componentIds).toEqual([ids[3]]);
		expect(page.groups[world.groups[0].id].componentIds).toEqual([ids[3]]);
		const deletes = (await calls()).filter((call) => call.startsWith('DELETE'));
		expect(deletes).toHaveLength(6);
		for (const call of deletes) expect(call).toMatch(/^DELETE page_access_(users|groups)\/\w+\/components\/\w+$/);
	});
});

describe('create or update a viewer', () => {
	test.each(['partial', 'exact', 'case'])('finds the email with every kind of search: %s', async (emailSearch) => {
		await start({ emailSearch });
		const rows = await results(world, 'viewer upsert', {
			email: world.viewers[50].email.toUpperCase(),
			additionalFields: { externalLogin: 'x' },
		});
		expect(rows).toEqual([expect.objectContaining({ id: world.viewers[50].id, result: 'updated' })]);
		expect(Object.keys((await simulator.page()).viewers)).toHaveLength(250);
	});

	test('uses no other email that contains the requested one', async () => {
		for (const email of ['not.kim@example.com', 'kim@example.com', 'kim@example.com.au']) {
			await simulator.send('POST', `/pages/${world.pageId}/page_access_users`, {
				body: { page_access_user: { email } },
			});
		}
		const [found] = await results(world, 'viewer get', { viewerId: locator('email', 'kim@example.com') });
		expect(found.email).toBe('kim@example.com');
		const [created] = await results(world, 'viewer upsert', { email: 'im@example.com' });
		expect(created).toMatchObject({ email: 'im@example.com', result: 'created' });
	});

	test('does not write an unchanged viewer', async () => {
		const [{ email, external_login: externalLogin, groupIds }] = world.viewers.filter(
			(viewer) => viewer.external_login && viewer.groupIds.length > 0,
		);
		const [row] = await results(world, 'viewer upsert', {
			email,
			additionalFields: { externalLogin, viewerGroupIds: groupIds },
		});
		expect(row.result).toBe('unchanged');
		expect((await simulator.log()).every(({ method }) => method === 'GET')).toBe(true);
	});

	const modes: Array<[string, (current: string[], requested: string[]) => string[]]> = [
		['add', (current, requested) => [...new Set([...current, ...requested])]],
		['replace', (_, requested) => requested],
		['remove', (current, requested) => current.filter((id) => !requested.includes(id))],
	];
	test.each(modes)('Groups Mode %s', async (groupsMode, expected) => {
		const viewer = world.viewers.find(({ groupIds }) => groupIds.length >= 2) ?? world.viewers[0];
		const requested = [
			viewer.groupIds[0],
			...world.groups
				.map(({ id }) => id)
				.filter((id) => !viewer.groupIds.includes(id))
				.slice(0, 2),
		];
		for (const [name, parameters] of [
			['viewer upsert', { email: viewer.email, additionalFields: { viewerGroupIds: requested } }],
			['viewer update', { viewerId: locator('id', viewer.id), updateFields: { viewerGroupIds: requested } }],
		] as const) {
			await results(world, name, { ...parameters, options: { groupsMode } });
			expect([...(await simulator.page()).viewers[viewer.id].groupIds].sort()).toEqual(
				expected(viewer.groupIds, requested).sort(),
			);
			await start();
		}
	});
});
