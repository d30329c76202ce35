import { permissionEndpoints } from '../../../../nodes/services/statuspage/endpoints/permission';
import { run } from '../../../support/world';
import { describeContracts, member, ofMember } from './contract';

describeContracts(permissionEndpoints, {
	getPermissions: {
		act: async (world) => await run(world, 'permission get', { teamMemberId: member(world) }),
		method: 'GET',
		path: ofMember,
	},
	replacePermissions: {
		act: async (world) =>
			await run(world, 'permission replace', {
				teamMemberId: member(world),
				pages: {
					page: [
						{ pageId: world.otherPageId, roles: ['incidentManager'] },
						{ pageId: world.plainPageId, roles: [] },
					],
				},
			}),
		method: 'PUT',
		path: ofMember,
		body: ({ otherPageId, plainPageId }) => ({
			pages: {
				[otherPageId]: { page_configuration: false, incident_manager: true, maintenance_manager: false },
				[plainPageId]: {},
			},
		}),
	},
});
