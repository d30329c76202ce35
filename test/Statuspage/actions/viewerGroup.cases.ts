import type { Simulator } from '../../support/simulator';
import { locator, type World } from '../../support/world';
import { group, two, pageOf, givenTo, has, unclear, missing, one, type ResourceCases, type Variant } from './case';

/** Simplify names the components of a group. */
const simplifiedGroup = ({ pageId, groups, components }: World): Variant => ({
	before: async (simulator) =>
		await simulator.send('POST', `/pages/${pageId}/page_access_groups/${groups[0].id}/components`, {
			body: { component_ids: one(components) },
		}),
	parameters: { simplify: true },
});

const withMetrics = async ({ pageId, groups, metricIds }: World, simulator: Simulator) =>
	await simulator.send('PATCH', `/pages/${pageId}/page_access_groups/${groups[0].id}`, {
		body: { page_access_group: { metric_ids: metricIds.slice(0, 2) } },
	});

/** Checks of many groups share a list. */
const nineGroups = ({ groups }: World): Variant => ({
	parameters: { viewerGroupId: locator('id', '={{ $json.id }}') },
	items: () => groups.slice(0, 9).map(({ id }) => ({ id })),
});

export const viewerGroupCases: ResourceCases = {
	cases: {
		'viewerGroup addComponents': {
			parameters: (world) => ({ ...group(world), componentIds: two(world.components) }),
			output: (rows, { pageId, groups, components }) =>
				expect(rows).toEqual([{ pageId, viewerGroupId: groups[0].id, added: two(components) }]),
			after: (state, { groups, components }) =>
				expect(pageOf(state).groups[groups[0].id].componentIds).toEqual(expect.arrayContaining(two(components))),
		},
		'viewerGroup addMetrics': {
			parameters: (world) => ({ ...group(world), metricIds: world.metricIds.slice(0, 2) }),
			output: (rows, { pageId, groups, metricIds }) =>
				expect(rows).toEqual([{ pageId, viewerGroupId: groups[0].id, added: metricIds.slice(0, 2), alreadyThere: [] }]),
			after: (state, { groups, metricIds }) =>
				expect(pageOf(state).groups[groups[0].id].metricIds).toEqual(metricIds.slice(0, 2)),
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
			output: (rows, { groups: [{ id, name }] }) => has({ deleted: true, id, before: { id, name } })(rows),
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
		'viewerGroup getMetrics': {
			before: withMetrics,
			parameters: group,
			output: (rows, { metricIds }) => {
				expect(rows.map(({ id }) => id)).toEqual(metricIds.slice(0, 2));
				expect(rows[0]).toHaveProperty('name');
			},
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
		'viewerGroup removeMetrics': {
			before: withMetrics,
			parameters: (world) => ({ ...group(world), metricIds: world.metricIds.slice(1, 3) }),
			output: (rows, { pageId, groups, metricIds }) =>
				expect(rows).toEqual([
					{ pageId, viewerGroupId: groups[0].id, removed: [metricIds[1]], notThere: [metricIds[2]] },
				]),
			after: (state, { groups, metricIds }) =>
				expect(pageOf(state).groups[groups[0].id].metricIds).toEqual([metricIds[0]]),
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
		'viewerGroup replaceMetrics': {
			before: withMetrics,
			parameters: (world) => ({ ...group(world), metricIds: world.metricIds.slice(1, 3) }),
			output: (rows, { metricIds }) => has({ metric_ids: metricIds.slice(1, 3) })(rows),
			after: (state, { groups, metricIds }) =>
				expect(pageOf(state).groups[groups[0].id].metricIds).toEqual(metricIds.slice(1, 3)),
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
	},
	variants: {
		'viewerGroup addComponents': [
			({ groups }) => ({
				parameters: { viewerGroupId: locator('id', '={{ $json.id }}') },
				items: () => groups.slice(0, 9).map(({ id }) => ({ id })),
			}),
		],
		'viewerGroup addViewers': [({ viewers }) => ({ parameters: { viewerIds: one(viewers.slice(9)) } })],
		'viewerGroup addMetrics': [(world) => nineGroups(world)],
		'viewerGroup getMetrics': [(world) => ({ before: async (simulator) => await withMetrics(world, simulator) })],
		'viewerGroup replaceMetrics': [(world) => nineGroups(world)],
		'viewerGroup removeMetrics': [
			(world) => ({
				...nineGroups(world),
				before: async (simulator) => {
					for (const { id } of world.groups.slice(0, 9))
						await simulator.send('PATCH', `/pages/${world.pageId}/page_access_groups/${id}`, {
							body: { page_access_group: { metric_ids: world.metricIds } },
						});
				},
			}),
		],
		'viewerGroup create': [
			({ components, metricIds }) => ({
				parameters: { additionalFields: { componentIds: one(components), metricIds } },
			}),
		],
		'viewerGroup get': [(world) => simplifiedGroup(world)],
		'viewerGroup getMany': [(world) => simplifiedGroup(world)],
		'viewerGroup upsert': [() => ({ parameters: { name: 'New' } })],
		'viewerGroup delete': [() => unclear, () => missing('viewerGroupId')],
		'viewerGroup getViewers': [
			({ groups }) => ({
				parameters: {
					viewerGroupId: locator('id', [...groups].sort((a, b) => a.viewerIds.length - b.viewerIds.length)[0].id),
					limit: 2,
					returnAll: false,
				},
			}),
		],
		'viewerGroup removeViewers': [({ groups }) => ({ parameters: { viewerIds: [groups[0].viewerIds[0]] } })],
	},
};
