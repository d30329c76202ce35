import { ObjectKind } from './objectKind';

export const teamMember = new ObjectKind({
	noun: 'team member',
	parameter: 'teamMemberId',
	label: 'Team Member',
	description: 'The team member, by ID, email or name. Team members are not viewers.',
	modes: ['id', 'email', 'name'],
	list: 'listTeamMembers',
	placedIn: 'organization',
	nameOf: ({ first_name, last_name, email }) => [first_name, last_name].filter(Boolean).join(' ') || email,
	detailOf: ({ email }) => email,
	showsDetail: true,
	searchMethod: 'searchTeamMembers',
});
