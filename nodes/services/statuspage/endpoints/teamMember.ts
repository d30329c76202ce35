import { filledText, many, object, one, optional, removal, text } from '../../../shared/client/answer';
import { ORGANIZATION, PER_PAGE, ORGANIZATION_ADVICE, type StatuspageEndpoint } from './statuspageEndpoint';

const teamMember = object({ id: filledText, email: filledText, first_name: optional(text), last_name: optional(text) });

export type TeamMember = ReturnType<typeof teamMember>;

export const teamMemberEndpoints = {
	listTeamMembers: {
		method: 'GET',
		path: `${ORGANIZATION}/users`,
		paging: PER_PAGE,
		answer: many(teamMember, 'team member'),
		noun: 'team members of organization',
		advice: ORGANIZATION_ADVICE,
	},
	deleteTeamMember: {
		method: 'DELETE',
		path: `${ORGANIZATION}/users/{teamMemberId}`,
		answer: removal(one(object({ id: filledText }), 'team member', 'teamMemberId')),
		settledBy: { list: 'listTeamMembers', id: 'teamMemberId' },
		noun: 'team member',
	},
} as const satisfies Record<string, StatuspageEndpoint>;
