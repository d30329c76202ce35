import { teamMember } from '../../api/lookUps';
import { checkedEmail, type Input } from '../input';
import { locatorField } from './locator';

export const teamMemberField = locatorField({
	name: 'teamMemberId',
	description: 'The member of your Statuspage team, by ID or e-mail. Team members are no viewers',
	searchListMethod: 'searchTeamMembers',
	modes: ['id', 'email'],
});

export async function teamMemberId(input: Input, organizationId: string): Promise<string> {
	const { mode, value } = input.locator('teamMemberId');
	const isId = mode !== 'email' && !value.includes('@');
	const id = isId ? value : (await teamMember(input.api, organizationId, { email: checkedEmail('teamMemberId', value) })).id;
	await input.inOrder(`team member ${id}`);
	return id;
}
