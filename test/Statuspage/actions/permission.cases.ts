import { locator } from '../../support/world';
import { member, has, type ResourceCases } from './case';

export const permissionCases: ResourceCases = {
	cases: {
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
			after: (state, { memberId, pageId }) =>
				expect(Object.keys(state.members[memberId].permissions)).toEqual([pageId]),
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
	},
	variants: {
		'permission remove': [() => ({ parameters: { pageIds: 'Northwind Status' } })],
	},
};
