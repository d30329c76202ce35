import { locator } from '../../support/world';
import { has, type ResourceCases } from './case';

export const teamMemberCases: ResourceCases = {
	cases: {
		'teamMember get': {
			parameters: ({ memberEmail }) => ({ teamMemberId: locator('email', memberEmail) }),
			output: (rows, { memberId }) => has({ id: memberId })(rows),
		},
		'teamMember getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows) => expect(rows).toHaveLength(150),
		},
	},
};
