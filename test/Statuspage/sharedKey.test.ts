import type { StatuspageApi } from '../../nodes/services/statuspage/statuspageApi';
import { changeGroupsOfViewer } from '../../nodes/services/statuspage/membership';
import { changePermissions, withoutPages, withRoles } from '../../nodes/services/statuspage/permissions';
import { changeViewer } from '../../nodes/services/statuspage/viewerChange';
import { directApi } from '../support/direct';
import { useFastClock } from '../support/fastClock';
import { startSimulator, type Simulator } from '../support/simulator';
import { worldOf, type World } from '../support/world';

useFastClock(20);

let simulator: Simulator;
let world: World;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => {
	await simulator.reset({ viewers: 30, groups: 4, members: 3, subscribers: 0, limit: 100_000 });
	world = await worldOf(simulator);
	await simulator.clearLog();
});

/** A run of a process that shares its key. After the answer to its first write, another process acts. */
function sharedApi(act: () => Promise<unknown>, isShared = true): StatuspageApi {
	let isOver = false;
	return directApi(simulator.url, {
		isShared,
		between: async (options, next) => {
			const answer = await next();
			if (!isOver && options.method !== 'GET') {
				isOver = true;
				await act();
			}
			return answer;
		},
	});
}

const outsider = () => world.viewers.find(({ groupIds }) => groupIds.length === 0)?.id ?? '';
const groupIdsOf = async (viewerId: string) => (await simulator.page()).viewers[viewerId].groupIds;
const setGroups = async (viewerId: string, ids: string[]) =>
	await simulator.send('PATCH', `/pages/${world.pageId}/page_access_users/${viewerId}`, {
		body: { page_access_user: { page_access_group_ids: ids } },
	});
const methods = async () => (await simulator.log()).map(({ method }) => method);

describe('groups of a viewer', () => {
	test('that another process overwrote are added again', async () => {
		const [one, two, other] = world.groups.map(({ id }) => id);
		const viewerId = outsider();
		const api = sharedApi(async () => await setGroups(viewerId, [other]));
		const { done, viewer } = await changeGroupsOfViewer(api, world.pageId, viewerId, [one, two], 'add');
		expect(done).toEqual([one, two]);
		expect(new Set(viewer.page_access_group_ids)).toEqual(new Set([one, two, other]));
		expect(new Set(await groupIdsOf(viewerId))).toEqual(new Set([one, two, other]));
	});

	test('that were removed on purpose are not added again, and the item says so', async () => {
		const [one] = world.groups.map(({ id }) => id);
		const viewerId = outsider();
		const api = sharedApi(async () => await setGroups(viewerId, []));
		const { failed } = await changeGroupsOfViewer(api, world.pageId, viewerId, [one], 'add');
		expect(failed).toEqual([{ id: one, reason: expect.stringContaining('removed it again') }]);
		expect(await groupIdsOf(viewerId)).toEqual([]);
	});

	test('that were removed stay removed', async () => {
		const [one, two] = world.groups.map(({ id }) => id);
		const viewerId = outsider();
		await setGroups(viewerId, [one, two]);
		const api = sharedApi(async () => await setGroups(viewerId, [one, two]));
		const { done } = await changeGroupsOfViewer(api, world.pageId, viewerId, [one], 'remove');
		expect(done).toEqual([one]);
		expect(await groupIdsOf(viewerId)).toEqual([two]);
	});

	test('are not checked unless the key is shared', async () => {
		await changeGroupsOfViewer(
			sharedApi(async () => {}, false),
			world.pageId,
			outsider(),
			[world.groups[0].id],
			'add',
		);
		expect(await methods()).toEqual(['GET', 'PATCH']);
	});
});

describe('an update of a viewer with groups', () => {
	const update = async (api: StatuspageApi, viewerId: string, ids: string[], mode: 'add' | 'remove' | 'replace') =>
		await changeViewer(api, world.pageId, viewerId, { fields: { external_login: 'new' }, groups: { ids, mode } });

	test('is repeated if another process overwrote it', async () => {
		const [one, two, other] = world.groups.map(({ id }) => id);
		const viewerId = outsider();
		const api = sharedApi(async () => await setGroups(viewerId, [other]));
		expect(await update(api, viewerId, [one, two], 'add')).toMatchObject({ isChanged: true });
		expect(new Set(await groupIdsOf(viewerId))).toEqual(new Set([one, two, other]));
		expect(await methods()).toEqual(['GET', 'PATCH', 'PATCH', 'GET', 'GET', 'PATCH', 'GET']);
	});

	test('fails if another user removed one of its groups', async () => {
		const [one, two] = world.groups.map(({ id }) => id);
		const viewerId = outsider();
		const api = sharedApi(async () => await setGroups(viewerId, [one]));
		await expect(update(api, viewerId, [one, two], 'add')).rejects.toThrow(`changed viewer group ${two}`);
		expect(await groupIdsOf(viewerId)).toEqual([one]);
	});

	test('that removes groups removes them again', async () => {
		const [one, two] = world.groups.map(({ id }) => id);
		const viewerId = outsider();
		await setGroups(viewerId, [one, two]);
		const api = sharedApi(async () => await setGroups(viewerId, [one, two]));
		await update(api, viewerId, [two], 'replace');
		expect(await groupIdsOf(viewerId)).toEqual([two]);
	});
});

describe('permissions', () => {
	const ids = () => ({ organizationId: world.organizationId, teamMemberId: world.memberId });
	const now = async () => (await simulator.state()).members[world.memberId].permissions;
	const set = async (pages: Awaited<ReturnType<typeof now>>) =>
		await simulator.send('PUT', `/organizations/${world.organizationId}/permissions/${world.memberId}`, {
			body: { pages },
		});
	const manager = (pageId: string) => withRoles([{ pageId, roles: ['maintenance_manager'] }]);

	test('that another process overwrote are written again', async () => {
		const before = await now();
		const rest = Object.fromEntries(Object.entries(before).filter(([pageId]) => pageId !== world.otherPageId));
		const api = sharedApi(async () => await set(rest));
		const [change] = await changePermissions(api, ids(), [manager(world.pageId)]);
		expect(change).toMatchObject({ isChanged: true });
		const after = await now();
		expect(after[world.pageId]).toMatchObject({ maintenance_manager: true });
		expect(after).not.toHaveProperty([world.otherPageId]);
	});

	test('that were withdrawn on purpose are not written again, and only their request has failed', async () => {
		const none = { page_configuration: false, incident_manager: false, maintenance_manager: false };
		await set({ [world.pageId]: none, [world.otherPageId]: none });
		const api = sharedApi(async () => {
			const current = await now();
			await set({ ...current, [world.pageId]: none });
		});
		const [first, second] = await changePermissions(api, ids(), [manager(world.pageId), manager(world.otherPageId)]);
		expect(first).toMatchObject({ message: expect.stringContaining(`changed page ${world.pageId}`) });
		expect(second).toMatchObject({ isChanged: true });
		expect((await now())[world.pageId]).toEqual(none);
	});

	test('that were removed are removed again', async () => {
		const before = await now();
		const api = sharedApi(async () => await set(before));
		await changePermissions(api, ids(), [withoutPages([world.otherPageId])]);
		expect(Object.keys(await now())).not.toContain(world.otherPageId);
	});

	test('are not checked unless the key is shared', async () => {
		await changePermissions(
			sharedApi(async () => {}, false),
			ids(),
			[manager(world.pageId)],
		);
		expect(await methods()).toEqual(['GET', 'PUT']);
	});
});

test('a check without an answer is a hint, because the service confirmed the write', async () => {
	const api = sharedApi(
		async () => await simulator.fault({ kind: 'status', match: { method: 'GET' }, status: 403, times: 100 }),
	);
	const { done } = await changeGroupsOfViewer(api, world.pageId, outsider(), [world.groups[0].id], 'add');
	expect(done).toEqual([world.groups[0].id]);
	expect([...api.connection.report.remarks]).toEqual([expect.stringContaining('could not be checked')]);
	await simulator.clearFaults();
});

describe('a repetition that is not possible does not hide that the first write was saved', () => {
	/** Another process overwrites the first write, and the service answers no read after the check. */
	const unrepeatable = (act: () => Promise<unknown>) =>
		sharedApi(async () => {
			await act();
			await simulator.fault({ kind: 'status', match: { method: 'GET' }, status: 403, skip: 1, times: 100 });
		});

	test('groups of an updated viewer', async () => {
		const [one, two, other] = world.groups.map(({ id }) => id);
		const viewerId = outsider();
		const api = unrepeatable(async () => await setGroups(viewerId, [other]));
		const wanted = { fields: { external_login: 'new' }, groups: { ids: [one, two], mode: 'add' as const } };
		await expect(changeViewer(api, world.pageId, viewerId, wanted)).rejects.toThrow(
			/was saved, but .* could not be repeated: /,
		);
	});

	test('permissions', async () => {
		const ids = { organizationId: world.organizationId, teamMemberId: world.memberId };
		const { permissions } = (await simulator.state()).members[world.memberId];
		const rest = Object.fromEntries(Object.entries(permissions).filter(([pageId]) => pageId !== world.otherPageId));
		const api = unrepeatable(
			async () =>
				await simulator.send('PUT', `/organizations/${world.organizationId}/permissions/${world.memberId}`, {
					body: { pages: rest },
				}),
		);
		const roles = withRoles([{ pageId: world.pageId, roles: ['maintenance_manager'] }]);
		const [change] = await changePermissions(api, ids, [roles]);
		expect(change).toMatchObject({ message: expect.stringMatching(/were saved, but .* could not be repeated: /) });
	});
});
