import { teamMemberEndpoints } from '../../../../nodes/services/statuspage/endpoints/teamMember';
import { run } from '../../../support/world';
import { describeContracts, planAndApply } from './contract';

describeContracts(teamMemberEndpoints, {
	deleteTeamMember: {
		act: async (world) => await planAndApply(world, world.memberEmail),
		method: 'DELETE',
		path: ({ organizationId, memberId }) => `/organizations/${organizationId}/users/${memberId}`,
	},
	listTeamMembers: {
		act: async (world) => await run(world, 'teamMember getMany', { limit: 7 }),
		method: 'GET',
		path: ({ organizationId }) => `/organizations/${organizationId}/users`,
		query: { page: '1', per_page: '7' },
	},
});
