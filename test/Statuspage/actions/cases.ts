import type { IDataObject } from 'n8n-workflow';
import type { SimulatedState, Simulator } from '../../support/simulator';
import { locator, results, type World } from '../../support/world';

/** What a user enters, what comes out, and how the page is afterwards. */
export interface Case {
	/** What must be there first. */
	before?: (world: World, simulator: Simulator) => Promise<unknown>;
	parameters?: (world: World) => IDataObject;
	/** One empty item when left out. */
	items?: (world: World) => Promise<IDataObject[]> | IDataObject[];
	output: (rows: IDataObject[], world: World) => void;
	after?: (state: SimulatedState, world: World) => void;
}

const viewer = ({ viewers }: World) => ({ viewerId: locator('id', viewers[0].id) });
const group = ({ groups }: World) => ({ viewerGroupId: locator('id', groups[0].id) });
const component = ({ components }: World) => ({ componentId: locator('id', components[0].id) });
const member = ({ memberId }: World) => ({ teamMemberId: locator('id', memberId) });
export const two = (rows: Array<{ id: string }>) => rows.slice(0, 2).map(({ id }) => id);
const pageOf = (state: SimulatedState) => Object.values(state.pages)[0];
const givenTo =
	(path: (world: World) => string, field: string, ids: (world: World) => string[]) =>
	async (world: World, simulator: Simulator) =>
		await simulator.send('POST', `/pages/${world.pageId}/${path(world)}`, { body: { [field]: ids(world) } });
const has = (fields: IDataObject) => (rows: IDataObject[]) => {
	expect(rows).toHaveLength(1);
	expect(rows[0]).toMatchObject(fields);
};

/** The usual case of every operation. */
export const cases: Record<string, Case> = {
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
	'page checkAudience': {
		output: has({ isAudienceSpecific: true, sureness: 'likely' }),
	},
	'component addViewerGroups': {
		parameters: (world) => ({ ...component(world), viewerGroupIds: two(world.groups) }),
		output: (rows, world) => has({ added: two(world.groups) })(rows),
		after: (state, { groups, components }) =>
			expect(pageOf(state).groups[groups[1].id].componentIds).toContain(components[0].id),
	},
	'component addViewers': {
		parameters: (world) => ({
			...component(world),
			viewerIds: `${world.viewers[0].id}, ${world.viewers[1].email.toUpperCase()}`,
		}),
		output: (rows, { viewers }) => has({ added: [viewers[0].id, viewers[1].email.toUpperCase()] })(rows),
		after: (state, { viewers, components }) =>
			expect(pageOf(state).viewers[viewers[1].id].componentIds).toEqual([components[0].id]),
	},
	'component create': {
		parameters: () => ({ name: 'Shop' }),
		output: has({ name: 'Shop', status: 'operational' }),
		after: (state) =>
			expect(Object.values(pageOf(state).components).filter(({ name }) => name === 'Shop')).toHaveLength(1),
	},
	'component delete': {
		parameters: component,
		output: (rows, { components }) => has({ deleted: true, id: components[0].id })(rows),
		after: (state, { components }) => expect(pageOf(state).components).not.toHaveProperty(components[0].id),
	},
	'component get': {
		parameters: ({ components }) => ({ componentId: locator('name', components[2].name.toUpperCase()) }),
		output: (rows, { components }) => {
			has({ id: components[2].id, name: components[2].name })(rows);
			expect(Object.keys(rows[0]).length).toBeLessThanOrEqual(10);
		},
	},
	'component getAudience': {
		before: async (world, simulator) => {
			await givenTo(
				({ groups }) => `page_access_groups/${groups[0].id}/components`,
				'component_ids',
				({ components }) => two(components),
			)(world, simulator);
			await givenTo(
				({ viewers }) => `page_access_users/${viewers[0].id}/components`,
				'component_ids',
				({ components }) => two(components),
			)(world, simulator);
		},
		parameters: (world) => ({ ...component(world), returnAll: true, options: { directComponents: true } }),
		output: (rows, { viewers, groups, components }) => {
			const members = viewers.filter(({ groupIds }) => groupIds.includes(groups[0].id));
			const through = rows.filter(({ way }) => way === 'group');
			expect(through.map(({ viewerId }) => viewerId)).toEqual(members.map(({ id }) => id));
			expect(through[0]).toMatchObject({
				componentId: components[0].id,
				component: components[0].name,
				viewerGroupId: groups[0].id,
				viewerGroup: groups[0].name,
				email: members[0].email,
			});
			expect(rows.filter(({ way }) => way === 'direct').map(({ viewerId }) => viewerId)).toEqual([viewers[0].id]);
			expect(rows.at(-1)).toMatchObject({ kind: 'summary', viewersOnPage: viewers.length });
		},
	},
	'component getMany': {
		parameters: () => ({ returnAll: true }),
		output: (rows, { components }) => expect(rows.map(({ id }) => id)).toEqual(components.map(({ id }) => id)),
	},
	'component getUptime': {
		parameters: component,
		output: (rows, { components }) => has({ id: components[0].id, uptime_percentage: 99.98 })(rows),
	},
	'component removeViewerGroups': {
		parameters: (world) => ({ ...component(world), viewerGroupIds: two(world.groups) }),
		output: (rows, { groups }) => has({ removed: [], notThere: two(groups) })(rows),
	},
	'component removeViewers': {
		parameters: (world) => ({ ...component(world), viewerIds: two(world.viewers) }),
		output: (rows, { viewers }) => has({ removed: [], notThere: two(viewers) })(rows),
	},
	'component update': {
		parameters: (world) => ({ ...component(world), updateFields: { status: 'partial_outage' } }),
		output: has({ status: 'partial_outage' }),
		after: (state, { components }) => expect(pageOf(state).components[components[0].id].status).toBe('partial_outage'),
	},
	'page get': {
		parameters: () => ({ pageId: locator('name', 'northwind public') }),
		output: (rows, { otherPageId }) => has({ id: otherPageId, name: 'Northwind Public' })(rows),
	},
	'page getMany': {
		parameters: () => ({ limit: 2, simplify: false }),
		output: (rows) => {
			expect(rows).toHaveLength(2);
			expect(rows[0]).toHaveProperty('allow_rss_atom_feeds');
		},
	},
	'permission get': {
		parameters: ({ memberEmail }) => ({ teamMemberId: locator('email', memberEmail) }),
		output: (rows, { memberId, pageId }) => {
			has({ user_id: memberId })(rows);
			expect(rows[0].pages).toHaveLength(3);
			expect(rows[0].pages).toContainEqual(
				expect.objectContaining({ page_id: pageId, incident_manager: expect.any(Boolean) }),
			);
		},
	},
	'permission remove': {
		parameters: (world) => ({ ...member(world), pageIds: [world.otherPageId, 'unknownpage1'] }),
		output: (rows, { otherPageId }) => has({ removed: [otherPageId], notThere: ['unknownpage1'] })(rows),
		after: (state, { memberId, pageId, plainPageId }) =>
			expect(Object.keys(state.members[memberId].permissions)).toEqual([pageId, plainPageId]),
	},
	'permission replace': {
		parameters: (world) => ({
			...member(world),
			pages: { page: [{ pageId: world.pageId, roles: ['pageConfiguration'] }] },
		}),
		output: (rows, { pageId }) => {
			has({
				result: 'updated',
				pages: [{ page_id: pageId, page_configuration: true, incident_manager: false, maintenance_manager: false }],
			})(rows);
			expect(rows[0].before).toHaveLength(3);
		},
		after: (state, { memberId, pageId }) => expect(Object.keys(state.members[memberId].permissions)).toEqual([pageId]),
	},
	'permission update': {
		parameters: (world) => ({
			...member(world),
			pages: { page: [{ pageId: world.otherPageId, roles: ['maintenanceManager', 'pageConfiguration'] }] },
		}),
		output: has({}),
		after: (state, { memberId, otherPageId, page }) => {
			const { permissions } = state.members[memberId];
			expect(permissions[otherPageId]).toEqual({
				page_configuration: true,
				incident_manager: false,
				maintenance_manager: true,
			});
			expect(Object.keys(permissions)).toContain(page.row.id);
			expect(Object.keys(permissions)).toHaveLength(3);
		},
	},
	'teamMember get': {
		parameters: ({ memberEmail }) => ({ teamMemberId: locator('email', memberEmail) }),
		output: (rows, { memberId }) => has({ id: memberId })(rows),
	},
	'teamMember getMany': {
		parameters: () => ({ returnAll: true }),
		output: (rows) => expect(rows).toHaveLength(150),
	},
	'viewer addComponents': {
		parameters: (world) => ({ ...viewer(world), componentIds: two(world.components) }),
		output: (rows, { pageId, viewers, components }) =>
			expect(rows).toEqual([{ pageId, viewerId: viewers[0].id, added: two(components) }]),
		after: (state, { viewers, components }) =>
			expect(pageOf(state).viewers[viewers[0].id].componentIds).toEqual(two(components)),
	},
	'viewer addMetrics': {
		parameters: (world) => ({ ...viewer(world), metricIds: world.metricIds.slice(0, 2) }),
		output: (rows, { pageId, viewers, metricIds }) =>
			expect(rows).toEqual([{ pageId, viewerId: viewers[0].id, added: metricIds.slice(0, 2) }]),
		after: (state, { viewers, metricIds }) =>
			expect(pageOf(state).viewers[viewers[0].id].metricIds).toEqual(metricIds.slice(0, 2)),
	},
	'viewer addToGroups': {
		parameters: ({ viewers, groups }) => ({
			viewerId: locator('email', viewers[0].email),
			viewerGroupIds: groups.map(({ id }) => id),
		}),
		output: (rows, { viewers, groups }) => {
			const missing = groups.map(({ id }) => id).filter((id) => !viewers[0].groupIds.includes(id));
			has({ alreadyThere: groups.map(({ id }) => id).filter((id) => viewers[0].groupIds.includes(id)) })(rows);
			expect([...(rows[0].added as string[])].sort()).toEqual(missing.sort());
		},
		after: (state, { viewers, groups }) =>
			expect(pageOf(state).viewers[viewers[0].id].groupIds).toHaveLength(groups.length),
	},
	'viewer create': {
		parameters: ({ groups, components }) => ({
			email: 'New.Person@example.com',
			additionalFields: { viewerGroupIds: two(groups), componentIds: two(components).join(','), externalLogin: 'u1' },
		}),
		output: has({ email: 'New.Person@example.com', external_login: 'u1' }),
		after: (state, { groups, components }) => {
			const created = Object.values(pageOf(state).viewers).find(({ email }) => email === 'New.Person@example.com');
			expect(created).toMatchObject({ groupIds: two(groups), componentIds: two(components) });
		},
	},
	'viewer delete': {
		parameters: ({ viewers }) => ({ viewerId: locator('email', viewers[3].email) }),
		output: (rows, { viewers }) => has({ deleted: true, id: viewers[3].id, email: viewers[3].email })(rows),
		after: (state, { viewers }) => expect(pageOf(state).viewers).not.toHaveProperty(viewers[3].id),
	},
	'viewer get': {
		parameters: ({ viewers }) => ({ viewerId: locator('email', ` ${viewers[5].email.toUpperCase()} `) }),
		output: (rows, { viewers }) => has({ id: viewers[5].id })(rows),
	},
	'viewer getComponents': {
		before: givenTo(
			({ viewers }) => `page_access_users/${viewers[0].id}/components`,
			'component_ids',
			({ components }) => two(components),
		),
		parameters: viewer,
		output: (rows, { components }) => expect(rows.map(({ id }) => id)).toEqual(two(components)),
	},
	'viewer getMany': {
		parameters: ({ groups }) => ({ returnAll: true, filters: { viewerGroupId: groups[1].id } }),
		output: (rows, { groups }) => expect(rows.map(({ id }) => id).sort()).toEqual([...groups[1].viewerIds].sort()),
	},
	'viewer getMetrics': {
		before: givenTo(
			({ viewers }) => `page_access_users/${viewers[0].id}/metrics`,
			'metric_ids',
			({ metricIds }) => metricIds.slice(0, 2),
		),
		parameters: viewer,
		output: (rows, { metricIds }) => expect(rows.map(({ id }) => id)).toEqual(metricIds.slice(0, 2)),
	},
	'viewer removeComponents': {
		parameters: (world) => ({ ...viewer(world), componentIds: two(world.components) }),
		output: (rows, { components }) => has({ removed: [], notThere: two(components) })(rows),
	},
	'viewer removeFromGroups': {
		parameters: ({ viewers, groups }) => {
			const [member = viewers[0]] = viewers.filter(({ groupIds }) => groupIds.includes(groups[0].id));
			return { viewerId: locator('id', member.id), viewerGroupIds: [groups[0].id] };
		},
		output: (rows, { groups }) => has({ removed: [groups[0].id], notThere: [] })(rows),
		after: (state, { groups }) =>
			expect(pageOf(state).groups[groups[0].id].viewerIds).toHaveLength(groups[0].viewerIds.length - 1),
	},
	'viewer removeMetrics': {
		parameters: (world) => ({ ...viewer(world), metricIds: world.metricIds[0] }),
		output: (rows, { metricIds }) => has({ removed: [], notThere: [metricIds[0]] })(rows),
	},
	'viewer replaceComponents': {
		parameters: (world) => ({ ...viewer(world), componentIds: two(world.components) }),
		output: (rows, { viewers }) => has({ id: viewers[0].id })(rows),
		after: (state, { viewers, components }) =>
			expect(pageOf(state).viewers[viewers[0].id].componentIds).toEqual(two(components)),
	},
	'viewer replaceMetrics': {
		parameters: (world) => ({ ...viewer(world), metricIds: world.metricIds.slice(2, 3) }),
		output: (rows, { viewers }) => has({ id: viewers[0].id })(rows),
		after: (state, { viewers, metricIds }) =>
			expect(pageOf(state).viewers[viewers[0].id].metricIds).toEqual(metricIds.slice(2, 3)),
	},
	'viewer update': {
		parameters: (world) => ({
			...viewer(world),
			updateFields: { viewerGroupIds: two(world.groups), externalLogin: 'changed' },
			options: { groupsMode: 'replace' },
		}),
		output: has({ external_login: 'changed' }),
		after: (state, { viewers, groups }) => expect(pageOf(state).viewers[viewers[0].id].groupIds).toEqual(two(groups)),
	},
	'viewer upsert': {
		parameters: ({ viewers }) => ({
			email: viewers[0].email.toUpperCase(),
			additionalFields: { externalLogin: 'changed' },
		}),
		output: (rows, { viewers }) => has({ id: viewers[0].id, result: 'updated', external_login: 'changed' })(rows),
		after: (state) => expect(Object.keys(pageOf(state).viewers)).toHaveLength(250),
	},
	'viewerGroup addComponents': {
		parameters: (world) => ({ ...group(world), componentIds: two(world.components) }),
		output: (rows, { pageId, groups, components }) =>
			expect(rows).toEqual([{ pageId, viewerGroupId: groups[0].id, added: two(components) }]),
		after: (state, { groups, components }) =>
			expect(pageOf(state).groups[groups[0].id].componentIds).toEqual(expect.arrayContaining(two(components))),
	},
	'viewerGroup addViewers': {
		parameters: ({ groups, viewers }) => ({
			viewerGroupId: locator('name', groups[0].name),
			viewerIds: viewers.slice(0, 20).map(({ email }) => email),
		}),
		output: (rows, { groups, viewers }) => {
			const already = viewers
				.slice(0, 20)
				.filter(({ groupIds }) => groupIds.includes(groups[0].id))
				.map(({ email }) => email);
			has({ viewerGroupId: groups[0].id, alreadyThere: already })(rows);
			expect(rows[0].added).toHaveLength(20 - already.length);
		},
		after: (state, { groups, viewers }) =>
			expect(pageOf(state).groups[groups[0].id].viewerIds).toEqual(
				expect.arrayContaining(viewers.slice(0, 20).map(({ id }) => id)),
			),
	},
	'viewerGroup create': {
		parameters: ({ viewers }) => ({ name: 'New', additionalFields: { viewerIds: viewers[0].email } }),
		output: (rows, { viewers }) => has({ name: 'New', page_access_user_ids: [viewers[0].id] })(rows),
	},
	'viewerGroup delete': {
		parameters: group,
		output: (rows, { groups }) => has({ deleted: true, id: groups[0].id })(rows),
		after: (state, { groups }) => expect(pageOf(state).groups).not.toHaveProperty(groups[0].id),
	},
	'viewerGroup get': {
		parameters: group,
		output: (rows, { groups }) => has({ id: groups[0].id, page_access_user_ids: groups[0].viewerIds })(rows),
	},
	'viewerGroup getComponents': {
		before: givenTo(
			({ groups }) => `page_access_groups/${groups[0].id}/components`,
			'component_ids',
			({ components }) => two(components),
		),
		parameters: group,
		output: (rows, { components }) => expect(rows.map(({ id }) => id)).toEqual(two(components)),
	},
	'viewerGroup getMany': {
		parameters: () => ({ returnAll: true }),
		output: (rows, { groups }) => expect(rows.map(({ name }) => name)).toEqual(groups.map(({ name }) => name)),
	},
	'viewerGroup getViewers': {
		parameters: (world) => ({ ...group(world), returnAll: true }),
		output: (rows, { groups }) => {
			expect(rows.map(({ id }) => id)).toEqual(groups[0].viewerIds);
			expect(rows[0]).toHaveProperty('email');
		},
	},
	'viewerGroup removeComponents': {
		parameters: (world) => ({ ...group(world), componentIds: two(world.components) }),
		output: (rows, { components }) => has({ removed: [], notThere: two(components) })(rows),
	},
	'viewerGroup removeViewers': {
		parameters: (world) => ({ ...group(world), viewerIds: world.groups[0].viewerIds.slice(0, 3) }),
		output: (rows, { groups }) => has({ removed: groups[0].viewerIds.slice(0, 3), notThere: [] })(rows),
		after: (state, { groups }) =>
			expect(pageOf(state).groups[groups[0].id].viewerIds).toEqual(groups[0].viewerIds.slice(3)),
	},
	'viewerGroup replaceComponents': {
		parameters: (world) => ({ ...group(world), componentIds: two(world.components) }),
		output: (rows, { components }) => has({ component_ids: two(components) })(rows),
	},
	'viewerGroup update': {
		parameters: (world) => ({ ...group(world), updateFields: { name: 'Renamed' } }),
		output: (rows, { groups }) => has({ name: 'Renamed', page_access_user_ids: groups[0].viewerIds })(rows),
	},
	'viewerGroup upsert': {
		parameters: ({ groups }) => ({
			name: groups[0].name.toUpperCase(),
			additionalFields: { externalIdentifier: 'idp-x' },
		}),
		output: (rows, { groups }) => has({ id: groups[0].id, result: 'updated', external_identifier: 'idp-x' })(rows),
	},
};
