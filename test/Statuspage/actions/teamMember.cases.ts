import { locator } from '../../support/world';
import { has, member, missing, unclear, type ResourceCases } from './case';

export const teamMemberCases: ResourceCases = {
	cases: {
		'teamMember create': {
			parameters: () => ({
				email: 'new.member@example.com',
				password: ' correct horse ',
				additionalFields: { firstName: 'New', lastName: 'Member' },
			}),
			output: (rows) => {
				has({ email: 'new.member@example.com', first_name: 'New', last_name: 'Member' })(rows);
				expect(JSON.stringify(rows)).not.toMatch(/horse|password/);
			},
			after: ({ members }) => {
				const added = Object.values(members).filter(({ row }) => row.email === 'new.member@example.com');
				expect(added).toEqual([expect.objectContaining({ permissions: {} })]);
			},
		},
		'teamMember delete': {
			parameters: member,
			output: (rows, { memberId, memberEmail }) =>
				has({ deleted: true, id: memberId, before: { id: memberId, email: memberEmail } })(rows),
			after: ({ members }, { memberId }) => {
				expect(members).not.toHaveProperty(memberId);
				expect(Object.keys(members)).toHaveLength(149);
			},
		},
		'teamMember get': {
			parameters: ({ memberEmail }) => ({ teamMemberId: locator('email', memberEmail) }),
			output: (rows, { memberId }) => has({ id: memberId })(rows),
		},
		'teamMember getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows) => expect(rows).toHaveLength(150),
		},
	},
	variants: {
		'teamMember create': [() => ({ faults: [{ kind: 'resetAfter', match: { method: 'POST' } }] })],
		'teamMember delete': [() => unclear, () => missing('teamMemberId')],
	},
};
