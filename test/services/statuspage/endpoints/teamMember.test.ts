import { teamMemberEndpoints } from '../../../../nodes/services/statuspage/endpoints/teamMember';
import { run } from '../../../support/world';
import { describeContracts, planAndApply } from './contract';

describeContracts(teamMemberEndpoints, {
	createTeamMember: {
		act: async (world) =>
			await run(world, 'teamMember create', {
				email: 'new.member@example.com',
				password: ' correct horse ',
				additionalFields: { firstName: 'New', lastName: 'Member' },
			}),
		method: 'POST',
		path: ({ organizationId }) => `/organizations/${organizationId}/users`,
		body: () => ({
			user: {
				email: 'new.member@example.com',
				password: ' correct horse ',
				first_name: 'New',
				last_name: 'Member',
			},
		}),
	},
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
