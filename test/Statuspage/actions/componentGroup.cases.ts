import { locator, type World } from '../../support/world';
import { has, missing, pageOf, two, unclear, type ResourceCases } from './case';

const group = ({ componentGroups }: World) => ({ componentGroupId: locator('id', componentGroups[0].id) });

export const membersIn = (components: Record<string, { id: string; group_id: string | null }>, groupId: string) =>
	Object.values(components)
		.filter(({ group_id }) => group_id === groupId)
		.map(({ id }) => id)
		.sort();

const membersOf = ({ page, componentGroups }: World) => membersIn(page.components, componentGroups[0].id);

export const componentGroupCases: ResourceCases = {
	cases: {
		'componentGroup create': {
			parameters: ({ components }) => ({
				name: 'Shops',
				componentIds: two(components),
				additionalFields: { description: 'Where people buy' },
			}),
			output: (rows, { components }) => {
				has({ name: 'Shops', description: 'Where people buy' })(rows);
				expect(rows[0].components).toEqual(two(components).sort());
				expect(rows[0]).not.toHaveProperty('note');
			},
			after: (state, { components }) => {
				const found = Object.values(pageOf(state).components).filter(({ name }) => name === 'Shops');
				expect(found).toEqual([expect.objectContaining({ group: true, description: 'Where people buy' })]);
				expect(membersIn(pageOf(state).components, found[0].id)).toEqual(two(components).sort());
			},
		},
		'componentGroup delete': {
			parameters: group,
			output: (rows, { componentGroups: [{ id, name }] }) => has({ deleted: true, id, before: { id, name } })(rows),
			after: (state, world) => {
				const { components } = pageOf(state);
				expect(components).not.toHaveProperty(world.componentGroups[0].id);
				const members = membersOf(world);
				expect(members.length).toBeGreaterThan(0);
				expect(members.map((id) => components[id].group_id)).toEqual(members.map(() => null));
			},
		},
		'componentGroup get': {
			parameters: ({ componentGroups }) => ({ componentGroupId: locator('name', componentGroups[0].name) }),
			output: (rows, world) =>
				has({ id: world.componentGroups[0].id, name: world.componentGroups[0].name, components: membersOf(world) })(
					rows,
				),
		},
		'componentGroup getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows, { componentGroups }) =>
				expect(rows.map(({ id }) => id)).toEqual(componentGroups.map(({ id }) => id)),
		},
		'componentGroup getUptime': {
			parameters: group,
			output: (rows, { componentGroups }) => has({ id: componentGroups[0].id, uptime_percentage: 99.98 })(rows),
		},
		'componentGroup update': {
			parameters: (world) => ({ ...group(world), updateFields: { name: 'Renamed' } }),
			output: (rows, world) => has({ name: 'Renamed', result: 'updated', components: membersOf(world) })(rows),
			after: (state, world) => {
				const { components } = pageOf(state);
				expect(components[world.componentGroups[0].id].name).toBe('Renamed');
				expect(membersIn(components, world.componentGroups[0].id)).toEqual(membersOf(world));
			},
		},
	},
	variants: {
		'componentGroup create': [
			({ components }) => ({
				parameters: { name: 'Lost', componentIds: two(components) },
				faults: [{ kind: 'resetAfter', match: { method: 'POST' } }],
			}),
		],
		'componentGroup delete': [() => unclear, () => missing('componentGroupId')],
		'componentGroup update': [
			({ components }) => ({ parameters: { updateFields: { componentIds: two(components) } } }),
		],
	},
};
