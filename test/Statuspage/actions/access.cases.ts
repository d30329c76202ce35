import type { IDataObject } from 'n8n-workflow';
import { results, type World } from '../../support/world';
import { unclear, two, pageOf, givenTo, has, one, type ResourceCases } from './case';

const planned = async (world: World, operation: string, parameters: IDataObject, items: IDataObject[]) =>
	await results(world, `access ${operation}`, parameters, { items });
const ALL_MAY_LOSE = { options: { capPercent: 100 } };
const SYNC = {
	managedFields: { viewerGroups: 'groups' },
	options: { createMissingGroups: true, emptyMeansNone: true, capPercent: 100 },
};

export const accessCases: ResourceCases = {
	cases: {
		'access applyPlan': {
			items: async (world) =>
				await results(
					world,
					'access planSync',
					{ managedFields: { viewerGroups: 'group' } },
					{ items: [{ email: 'new.person@example.com', group: world.groups[0].name }] },
				),
			output: (rows) => has({ action: 'createViewer', email: 'new.person@example.com', result: 'done' })(rows),
			after: (state, { groups }) => {
				const created = Object.values(pageOf(state).viewers).filter(({ email }) => email === 'new.person@example.com');
				expect(created.map(({ groupIds }) => groupIds)).toEqual([[groups[0].id]]);
			},
		},
		'access getReport': {
			before: givenTo(
				({ viewers }) => `page_access_users/${viewers[0].id}/components`,
				'component_ids',
				({ components }) => two(components),
			),
			parameters: ({ pageId }) => ({ options: { pageIds: [pageId] } }),
			output: (rows, { viewers, components }) => {
				const direct = rows.filter(({ personId, way }) => personId === viewers[0].id && way === 'direct');
				expect(direct.map(({ componentId }) => componentId)).toEqual(two(components));
				expect(rows.filter(({ way }) => way === 'role').length).toBeGreaterThan(0);
				expect(rows.some(({ finding }) => finding === 'viewerSeesNothing')).toBe(true);
			},
		},
		'access planOffboarding': {
			// Subscriptions that are not looked at would be one more row per leaver.
			parameters: () => ({ options: { includeSubscriptions: true } }),
			items: ({ memberEmail, viewers }) => [{ email: memberEmail }, { email: viewers[0].email.toUpperCase() }],
			output: (rows, { memberId, viewers }) =>
				expect(rows.map(({ action, objectId }) => [action, objectId])).toEqual([
					['deleteTeamMember', memberId],
					['deleteViewer', viewers[0].id],
				]),
			after: (state) => expect(Object.keys(pageOf(state).viewers)).toHaveLength(250),
		},
		'access planSync': {
			parameters: () => ({ managedFields: { viewerGroups: 'groups', externalLogin: '={{ $json.login }}' } }),
			items: ({ viewers, groups }) => [
				{ email: viewers[0].email, groups: groups.map(({ name }) => name), login: 'changed' },
				{ email: 'new.person@example.com', groups: [groups[0].id], login: 'u1' },
			],
			output: (rows, { viewers, groups }) => {
				const missing = groups.length - viewers[0].groupIds.length;
				const actions = rows.map(({ action }) => action);
				expect(actions).toEqual(['updateViewer', ...Array<string>(missing).fill('addToGroup'), 'createViewer']);
			},
			after: (state) => expect(Object.keys(pageOf(state).viewers)).toHaveLength(250),
		},
	},
	variants: {
		'access applyPlan': [
			(world) => ({
				items: async () => {
					const [{ row }] = Object.values(world.page.subscribers).filter(({ row: { email } }) => email !== undefined);
					const leavers = [world.memberEmail, world.viewers[0].email, String(row.email)].map((email) => ({ email }));
					return await planned(world, 'planOffboarding', { options: { includeSubscriptions: true } }, leavers);
				},
				...unclear,
			}),
			(world) => ({
				items: async () =>
					await planned(world, 'planOffboarding', { teamMembers: 'removePermissions' }, [{ email: world.memberEmail }]),
			}),
			// A viewer who stays, without own components and metrics.
			(world) => ({
				before: async (simulator) => {
					await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${world.viewers[5].id}/components`, {
						body: { component_ids: one(world.components) },
					});
					await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${world.viewers[5].id}/metrics`, {
						body: { metric_ids: world.metricIds.slice(0, 1) },
					});
				},
				items: async () =>
					await planned(world, 'planOffboarding', { viewers: 'removeAccess' }, [{ email: world.viewers[5].email }]),
			}),
			// New groups, new people, components of viewers: some more, some others, none.
			(world) => ({
				before: async (simulator) => {
					for (const { id } of world.viewers.slice(1, 4))
						await simulator.send('POST', `/pages/${world.pageId}/page_access_users/${id}/components`, {
							body: { component_ids: one(world.components) },
						});
				},
				items: async () => {
					const managedFields = { viewerGroups: 'groups', components: 'components', externalLogin: 'login' };
					const components = [two(world.components), one(world.components.slice(1)), []];
					const people = world.viewers.map(({ email, groupIds, external_login }, index) => ({
						email,
						groups: groupIds,
						components: components[index - 1] ?? [],
						login: external_login ?? `login${index}`,
					}));
					const joiners = ['a', 'b', 'c'].map((name) => ({
						email: `${name}@example.com`,
						groups: ['New', world.groups[0].id],
						components: one(world.components),
						login: name,
					}));
					return await planned(
						world,
						'planSync',
						{ ...SYNC, managedFields, scope: 'domains', domains: 'example.com' },
						[...people, ...joiners],
					);
				},
				parameters: ALL_MAY_LOSE,
			}),
			// A viewer and a subscription that were deleted after the plan was created.
			(world) => ({
				items: async (simulator) => {
					const [{ row }] = Object.values(world.page.subscribers).filter(({ row: { email } }) => email !== undefined);
					const leavers = [world.viewers[0].email, String(row.email)].map((email) => ({ email }));
					const changes = await planned(world, 'planOffboarding', { options: { includeSubscriptions: true } }, leavers);
					await simulator.send('DELETE', `/pages/${world.pageId}/page_access_users/${world.viewers[0].id}`);
					await simulator.send('DELETE', `/pages/${world.pageId}/subscribers/${row.id}`);
					return changes;
				},
			}),
			// Many people into one group are written on the side of the group. A lost answer is looked up there.
			(world) => ({
				faults: [{ kind: 'resetAfter', match: { method: 'PATCH', path: 'page_access_groups' }, times: 5 }],
				items: async () =>
					await planned(
						world,
						'planSync',
						SYNC,
						world.viewers
							.slice(0, 40)
							.map(({ email, groupIds }) => ({ email, groups: [...groupIds, world.groups[0].id] })),
					),
			}),
			// One person out of one group is written on the side of the viewer.
			(world) => ({
				items: async () => {
					const { email } = world.viewers.find(({ groupIds }) => groupIds.includes(world.groups[0].id)) as {
						email: string;
					};
					return await planned(
						world,
						'planSync',
						{ ...SYNC, scope: 'groups', scopeGroupIds: one(world.groups) },
						world.viewers
							.filter((viewer) => viewer.email !== email)
							.map((viewer) => ({ email: viewer.email, groups: viewer.groupIds })),
					);
				},
			}),
		],
		'access planOffboarding': [
			() => ({
				parameters: {
					teamMembers: 'removePermissions',
					viewers: 'removeAccess',
					options: { includeSubscriptions: true },
				},
			}),
		],
		'access planSync': [
			({ groups }) => ({
				parameters: {
					...SYNC,
					managedFields: { viewerGroups: 'groups', components: 'components' },
					scope: 'groups',
					scopeGroupIds: groups.map(({ id }) => id),
					deleteViewers: true,
				},
				items: () => [{ email: 'a@example.com', groups: [], components: [] }],
			}),
		],
	},
};
