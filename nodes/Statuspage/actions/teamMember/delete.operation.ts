import type { TeamMember } from '../../../services/statuspage/endpoints';
import { teamMember } from '../../../services/statuspage/objects/teamMember';
import { Failure } from '../../../shared/http/failures';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { onlyFields } from '../../../shared/fields/simplify';
import { deleted } from '../../../shared/operations/deletion';
import { MEMBER_FIELDS, memberId } from '../itemTeamMember';
import { organizationOption } from '../../../services/statuspage/organizationOption';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';

/** The team member from the list, read once per run, since the API cannot return a single one. */
async function listed(input: StatuspageInput, organizationId: string, id: string): Promise<TeamMember> {
	const member = (await teamMember.all(input.api, { organizationId })).find((row) => row.id === id);
	if (member) return member;
	throw new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `There is no team member ${id} in this organization. All team members were read`,
		advice: 'Check the ID and the organization',
	});
}

/** For organizations with Atlassian accounts, a 404 can mean that team members can't be deleted. */
async function requireUnlisted({ api }: StatuspageInput, organizationId: string, id: string): Promise<void> {
	const members = await api.list('listTeamMembers', { organizationId }, { keep: (row) => row.id === id });
	if (members.length === 0) return;
	throw new Failure({
		kind: 'answer',
		status: 404,
		message: `Statuspage could not find team member ${id}, but the list of team members contains this person`,
		advice:
			'Statuspage does not delete team members of organizations with Atlassian accounts. Manage them at admin.atlassian.com, or with the Atlassian SCIM node',
	});
}

export const deleteTeamMember: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete team member',
	description: 'Delete a team member permanently, including all permissions on pages of the organization',
	effects:
		"This can't be undone. The person can no longer manage any page of the organization. Not available for organizations with Atlassian accounts: use admin.atlassian.com or the Atlassian SCIM node instead. Whether Statuspage sends a notification is not documented.",
	warning: 'Deletes the team member permanently, with all permissions on pages of the organization.',
	isReadOnly: false,
	uses: ['deleteTeamMember', 'listTeamMembers'],
	fields: [teamMember.locator, optionsField(dryRunOption, ignoreIfMissingOption, organizationOption)],
	runs: 'perItem',
	async execute(input) {
		const organizationId = input.organizationId();
		return await deleted(input, {
			noun: 'team member',
			find: async () => await memberId(input, organizationId),
			read: async (id) => await listed(input, organizationId, id),
			remove: async (teamMemberId) => await input.api.remove('deleteTeamMember', { organizationId, teamMemberId }),
			shown: (row) => onlyFields(row, MEMBER_FIELDS),
			place: { organizationId },
			rejectOtherIdentifier: async (id) => await requireUnlisted(input, organizationId, id),
		});
	},
};
