import { filledText, many, object, one, optional, removal, text } from '../../../shared/client/answer';
import { ORGANIZATION, PER_PAGE, type StatuspageEndpoint } from './statuspageEndpoint';

const teamMember = object({ id: filledText, email: filledText, first_name: optional(text), last_name: optional(text) });

export type TeamMember = ReturnType<typeof teamMember>;

/** Which status the API answers is not documented. */
const ATLASSIAN_ACCOUNTS =
	'Statuspage does not offer this for organizations with Atlassian accounts. Manage their team members at admin.atlassian.com, or in your directory with the SCIM API, e.g. with the Atlassian SCIM node';
const otherwise = (check: string) => `${ATLASSIAN_ACCOUNTS}. For other organizations, ${check}`;

export const teamMemberEndpoints = {
	listTeamMembers: {
		method: 'GET',
		path: `${ORGANIZATION}/users`,
		paging: PER_PAGE,
		answer: many(teamMember, 'team member'),
		noun: 'team members of organization',
		advice: {
			403: otherwise('check the permissions of the API key'),
			404: otherwise('check the organization ID'),
		},
	},
	createTeamMember: {
		method: 'POST',
		path: `${ORGANIZATION}/users`,
		envelope: 'user',
		answer: one(teamMember, 'team member'),
		noun: 'team member in organization',
		isRepeatable: false,
		advice: {
			403: otherwise('check the permissions of the API key'),
			404: otherwise('check the organization ID'),
			405: ATLASSIAN_ACCOUNTS,
			422: `Check the field that the message names. ${ATLASSIAN_ACCOUNTS}`,
		},
	},
	deleteTeamMember: {
		method: 'DELETE',
		path: `${ORGANIZATION}/users/{teamMemberId}`,
		answer: removal(one(object({ id: filledText }), 'team member', 'teamMemberId')),
		settledBy: { list: 'listTeamMembers', id: 'teamMemberId' },
		noun: 'team member',
		advice: {
			403: otherwise('check the permissions of the API key'),
			404: otherwise('check the ID of the team member and the organization ID'),
			405: ATLASSIAN_ACCOUNTS,
			422: ATLASSIAN_ACCOUNTS,
		},
	},
} as const satisfies Record<string, StatuspageEndpoint>;
