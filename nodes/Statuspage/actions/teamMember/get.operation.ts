import { teamMember } from '../../../services/statuspage/objects/teamMember';
import { optionsField } from '../../../shared/fields/options';
import type { StatuspageOperation } from '../statuspageOperation';
import { organizationOption } from '../../../services/statuspage/organizationOption';
import { memberIn } from '../itemTeamMember';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get team member',
	description: 'Retrieve a team member by ID, email or name',
	effects: 'The API cannot return a single team member, so the list is read once per run.',
	isReadOnly: true,
	uses: ['listTeamMembers'],
	fields: [teamMember.locator, optionsField(organizationOption)],
	runs: 'perItem',
	execute: async (input) => await memberIn(input, input.organizationId()),
};
