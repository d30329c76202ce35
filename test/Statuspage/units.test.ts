import type { StatuspageApi } from '../../nodes/services/statuspage/statuspageApi';
import {
	changeGroupsOfViewer,
	changeViewersOfGroup,
	changeViewersOfGroups,
} from '../../nodes/services/statuspage/membership';
import { changePermissions, withRoles } from '../../nodes/services/statuspage/permissions';
import { changeViewer } from '../../nodes/services/statuspage/viewerChange';
import { directApi } from '../support/direct';
import { startSimulator, type Simulator } from '../support/simulator';
import { worldOf, type World } from '../support/world';

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({
		viewers: 30,
		groups: 4,
		members: 3,
		subscribers: 0,
		limit: 100_000,
		latency: 0,
		membersCap: 0,
		windowSeconds: 60,
	});
	world = await worldOf(simulator);
});

const membersOf = async (index: number) => (await simulator.page()).groups[world.groups[index].id].viewerIds;
const outsiders = () =>
	world.viewers.filter(({ groupIds }) => !world.groups.some(({ id }) => groupIds.includes(id))).map(({ id }) => id);
const addConcurrently = async (viewerId: string, index = 0) => {
	const { viewerIds } = (await simulator.page()).groups[world.groups[index].id];
	await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${world.groups[index].id}`, {
		body: { page_access_group: { page_access_user_ids: [...viewerIds, viewerId] } },
	});
};

type Trouble = 'rejected' | 'lostBefore' | 'lostAfter';
const TROUBLES: Trouble[] = ['rejected', 'lostBefore', 'lostAfter'];

/** Another change happens while the first write is rejected or lost. */
function withTrouble(trouble: Trouble, act: () => Promise<void>): StatuspageApi {
	let isOver = false;
	return directApi(simulator.url, {
		windowMs: 300,
		between: async (options, next) => {
			if (isOver || options.method === 'GET') return await next();
			isOver = true;
			if (trouble === 'lostAfter') await next();
			await act();
			return trouble === 'rejected'
				? { statusCode: 429, headers: { 'retry-after': '0.2' }, body: '' }
				: { statusCode: 503, headers: {}, body: '' };
		},
	});
}

describe.each(TROUBLES)('when the write is %s, concurrent additions are kept', (trouble) => {
	test('viewers of a group', async () => {
		const [mine, theirs, also] = outsiders();
		const before = await membersOf(0);
		const result = await changeViewersOfGroup(
			withTrouble(trouble, async () => await addConcurrently(theirs)),
			world.pageId,
			world.groups[0].id,
			[mine, also],
			'add',
		);
		expect(result).toMatchObject({ done: [mine, also], unchanged: [], failed: [] });
		expect(new Set(await membersOf(0))).toEqual(new Set([...before, mine, also, theirs]));
	});

	test('viewers of several groups', async () => {
		const [mine, theirs, also] = outsiders();
		const before = [await membersOf(0), await membersOf(1)];
		const wanted = new Map([0, 1].map((index) => [world.groups[index].id, [mine, also]]));
		const results = await changeViewersOfGroups(
			withTrouble(trouble, async () => await addConcurrently(theirs, 0)),
			world.pageId,
			wanted,
			'add',
		);
		expect(new Set(await membersOf(0))).toEqual(new Set([...before[0], mine, also, theirs]));
		expect(new Set(await membersOf(1))).toEqual(new Set([...before[1], mine, also]));
		for (const result of results.values()) expect(result).toMatchObject({ done: [mine, also], failed: [] });
	});

	test('groups of a viewer', async () => {
		const [mine] = outsiders();
		const path = `/pages/${world.pageId}/page_access_users/${mine}`;
		const act = async () => {
			const { groupIds } = (await simulator.page()).viewers[mine];
			await simulator.send('PATCH', path, {
				body: { page_access_user: { page_access_group_ids: [...groupIds, world.groups[1].id] } },
			});
		};
		expect(
			await changeGroupsOfViewer(withTrouble(trouble, act), world.pageId, mine, [world.groups[0].id], 'add'),
		).toMatchObject({ done: [world.groups[0].id] });
		expect(new Set((await simulator.page()).viewers[mine].groupIds)).toEqual(
			new Set([world.groups[0].id, world.groups[1].id]),
		);
	});

	test('groups and fields of a viewer', async () => {
		const [mine] = outsiders();
		const path = `/pages/${world.pageId}/page_access_users/${mine}`;
		const act = async () => {
			const { groupIds } = (await simulator.page()).viewers[mine];
			await simulator.send('PATCH', path, {
				body: { page_access_user: { page_access_group_ids: [...groupIds, world.groups[1].id] } },
			});
		};
		const changed = await changeViewer(withTrouble(trouble, act), world.pageId, mine, {
			fields: { external_login: 'new' },
			groups: { ids: [world.groups[0].id], mode: 'add' },
		});
		expect(changed).toMatchObject({ isChanged: true });
		expect((await simulator.page()).viewers[mine]).toMatchObject({
			external_login: 'new',
			groupIds: expect.arrayContaining([world.groups[0].id, world.groups[1].id]),
		});
	});

	test('permissions: a page that was removed meanwhile is not added again', async () => {
		const ids = { organizationId: world.organizationId, teamMemberId: world.memberId };
		const act = async () => {
			const { permissions } = (await simulator.state()).members[world.memberId];
			const rest = Object.fromEntries(Object.entries(permissions).filter(([pageId]) => pageId !== world.otherPageId));
			await simulator.send('PUT', `/organizations/${world.organizationId}/permissions/${world.memberId}`, {
				body: { pages: rest },
			});
		};
		const request = withRoles([{ pageId: world.pageId, roles: ['maintenance_manager'] }]);
		const [change] = await changePermissions(withTrouble(trouble, act), ids, [request]);
		expect(change).toMatchObject({ isChanged: true });
		const { permissions } = (await simulator.state()).members[world.memberId];
		expect(permissions).not.toHaveProperty([world.otherPageId]);
		expect(permissions[world.pageId]).toEqual({
			page_configuration: false,
			incident_manager: false,
			maintenance_manager: true,
		});
	});
});

test('a list of members that may be truncated is completed before the group is read again, directly before its write', async () => {
	await simulator.reset({ viewers: 150, membersCap: 100 });
	world = await worldOf(simulator);
	const [group] = world.groups;
	const ids = world.viewers.slice(0, 120).map(({ id }) => id);
	await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${group.id}`, {
		body: { page_access_group: { page_access_user_ids: ids } },
	});
	await simulator.clearLog();
	const [one, two] = world.viewers.slice(130).map(({ id }) => id);
	await changeViewersOfGroup(directApi(simulator.url), world.pageId, group.id, [one, two], 'add');
	expect(new Set(await membersOf(0))).toEqual(new Set([...ids, one, two]));
	const calls = (await simulator.log()).map(
		({ method, path }) => `${method} ${path.replace(/.*page_access_(\w+?)s?(\/.*)?$/, '$1$2')}`,
	);
	const write = calls.findIndex((call) => call.startsWith('PATCH'));
	expect(calls[write - 1]).toBe(`GET group/${group.id}`);
	expect(calls.slice(0, write - 1)).toContain('GET user');
});

test('a group with members that change during every read is an error, and nothing is written', async () => {
	await simulator.reset({ viewers: 210, membersCap: 100 });
	world = await worldOf(simulator);
	const [group] = world.groups;
	const path = `/pages/${world.pageId}/page_access_groups/${group.id}`;
	const ids = world.viewers.map(({ id }) => id);
	let start = 0;
	const rotate = async () =>
		await simulator.send('PATCH', path, {
			body: { page_access_group: { page_access_user_ids: ids.slice(start++, start + 119) } },
		});
	await rotate();
	const api = directApi(simulator.url, {
		between: async (options, next) => {
			if (options.url.endsWith('/page_access_users')) await rotate();
			return await next();
		},
	});
	await expect(changeViewersOfGroup(api, world.pageId, group.id, ids.slice(200, 202), 'add')).rejects.toThrow(
		'changed during each of 4 reads',
	);
	expect((await membersOf(0)).some((id) => ids.slice(200).includes(id))).toBe(false);
});

test('with a full window, all slots of a unit are taken at once', async () => {
	await simulator.reset({ limit: 6, windowSeconds: 1 });
	const api = directApi(simulator.url, { limit: 6, windowMs: 1000 });
	world = await worldOf(simulator);
	await simulator.clearLog();
	const ids = outsiders().slice(0, 9);
	await Promise.all(
		ids.map(async (id) => await changeGroupsOfViewer(api, world.pageId, id, [world.groups[0].id], 'add')),
	);
	const log = await simulator.log();
	expect(log.filter(({ isRejected }) => isRejected)).toEqual([]);
	const gaps = ids.map((id) => {
		const [look, write] = log.filter(({ path }) => path.endsWith(id)).map(({ at }) => at);
		return write - look;
	});
	expect(Math.max(...gaps)).toBeLessThan(500);
	expect(new Set(await membersOf(0))).toEqual(new Set([...world.groups[0].viewerIds, ...ids]));
});
