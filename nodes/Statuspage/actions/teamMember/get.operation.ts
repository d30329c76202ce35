import { teamMember } from '../../api/lookUps';
import { optionsField } from '../../../shared/actions/fields/options';
import { organizationOption } from '../fields/organization';
import { teamMemberField } from '../fields/teamMember';
import type { Operation } from '../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get team member',
	description: 'Get one team member by ID or e-mail. Statuspage has no call for one: the list is read, once a run.',
	uses: ['listTeamMembers'],
	fields: [teamMemberField, optionsField(organizationOption)],
	async execute(input) {
		const { mode, value } = input.locator('teamMemberId');
		const isEmail = mode === 'email' || value.includes('@');
		return await teamMember(input.api, input.organizationId(), isEmail ? { email: value } : { id: value });
	},
};
