import { locator, type World } from '../../support/world';
import { viewer, two, pageOf, givenTo, has, unclear, missing, one, type ResourceCases } from './case';

/** So many that one write of their group takes fewer requests than one write per viewer. */
const manyViewers = (viewers: World['viewers']) => viewers.slice(0, 30).map(({ id, email }) => ({ id, email }));
const inOneGroup = (groups: World['groups']) => ({
	viewerId: locator('id', '={{ $json.id }}'),
	viewerGroupIds: one(groups),
});

export const viewerCases: ResourceCases = {
	cases: {
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
	},
	variants: {
		'viewer addToGroups': [
			({ viewers, groups }) => ({ items: () => manyViewers(viewers), parameters: inOneGroup(groups) }),
		],
		'viewer removeFromGroups': [
			({ viewers, groups }) => ({ items: () => manyViewers(viewers), parameters: inOneGroup(groups) }),
		],
		'viewer addComponents': [
			({ viewers }) => ({
				parameters: { viewerId: locator('id', '={{ $json.id }}') },
				items: () => viewers.slice(0, 9).map(({ id }) => ({ id })),
			}),
		],
		'viewer create': [() => ({ faults: [{ kind: 'resetAfter', match: { method: 'POST' } }] })],
		'viewer update': [
			({ viewers, groups }) => ({
				items: () => manyViewers(viewers),
				parameters: {
					viewerId: locator('id', '={{ $json.id }}'),
					updateFields: { viewerGroupIds: one(groups) },
					options: { groupsMode: 'add' },
				},
			}),
		],
		'viewer upsert': [
			({ viewers, groups }) => ({
				items: () => manyViewers(viewers),
				parameters: { email: '={{ $json.email }}', additionalFields: { viewerGroupIds: one(groups) } },
			}),
			({ groups, components }) => ({
				parameters: {
					email: 'new@example.com',
					additionalFields: { viewerGroupIds: one(groups), componentIds: one(components) },
				},
			}),
			({ groups, components }) => ({
				parameters: { additionalFields: { viewerGroupIds: groups.map(({ id }) => id), componentIds: one(components) } },
			}),
		],
		'viewer delete': [() => unclear, () => missing('viewerId')],
		'viewer get': [({ viewers }) => ({ parameters: { viewerId: locator('id', viewers[0].id) } })],
		'viewer removeComponents': [() => unclear],
		'viewer removeMetrics': [() => unclear],
	},
};
