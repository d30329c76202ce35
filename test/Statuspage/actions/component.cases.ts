import { locator } from '../../support/world';
import { component, two, pageOf, givenTo, has, unclear, missing, type ResourceCases } from './case';

export const componentCases: ResourceCases = {
	cases: {
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
			after: (state, { components }) =>
				expect(pageOf(state).components[components[0].id].status).toBe('partial_outage'),
		},
	},
	variants: {
		'component create': [
			({ componentGroups }) => ({ parameters: { additionalFields: { componentGroupId: componentGroups[0].name } } }),
		],
		'component getMany': [
			({ componentGroups }) => ({ parameters: { filters: { componentGroupId: componentGroups[0].name } } }),
		],
		'component update': [
			({ componentGroups }) => ({ parameters: { updateFields: { componentGroupId: componentGroups[0].name } } }),
		],
		'component delete': [() => unclear, () => missing('componentId')],
	},
};
