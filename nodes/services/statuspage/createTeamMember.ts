import type { IDataObject } from 'n8n-workflow';
import { createOnce } from '../../shared/client/createOnce';
import { isSameEmail } from '../../shared/client/matching';
import { Failure } from '../../shared/http/failures';
import type { StatuspageApi } from './statuspageApi';
import type { TeamMember } from './endpoints';

/** Fields of a new team member, named as in the API. */
export interface NewTeamMember extends IDataObject {
	email: string;
	password?: string;
}

interface CreatedTeamMember {
	member: TeamMember;
	/** Set if the answer was lost and the team member was found by email. */
	note?: string;
}

function taken(email: string): Failure {
	return new Failure({
		kind: 'answer',
		status: 422,
		message: `This organization already had a team member with the email "${email}"`,
		advice:
			"The answer to the request was lost, but this team member is older. Use 'Permission: Update' to change access",
	});
}

/**
 * Creates a team member. If the answer is lost, it is looked up by email and not created again, because it is not documented that the
 * service accepts an email only once.
 *
 * @throws Failure, without the password
 */
export async function createTeamMember(
	api: StatuspageApi,
	organizationId: string,
	body: NewTeamMember,
): Promise<CreatedTeamMember> {
	const { email, password } = body;
	const { row: member, wasLost } = await createOnce<TeamMember>({
		connection: api.connection,
		create: async () =>
			await api.call(
				'createTeamMember',
				{ organizationId },
				{ body, secrets: password === undefined ? [] : [password] },
			),
		find: async () => {
			const isSame = (row: TeamMember) => isSameEmail(row.email, email);
			return (await api.list('listTeamMembers', { organizationId }, { keep: isSame })).at(0);
		},
		createdAt: ({ created_at }) => created_at,
		taken: () => taken(email),
		maxTries: 1,
	});
	if (!wasLost) return { member };
	const isDated = !Number.isNaN(Date.parse(String(member.created_at)));
	return {
		member,
		note: isDated
			? 'The answer was lost, but the team member was found by email. It was created once.'
			: 'The answer was lost. A team member with this email is in the list, but its date is missing, so it may have existed before.',
	};
}
