import { asItem, getPermissions } from '../../../services/statuspage/permissions';
import type { StatuspageOperation } from '../statuspageOperation';
import { memberFields, memberOf, permissionOptions } from './permissionFields';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get permissions of team member',
	description: 'Retrieve the pages that a team member can manage, and the roles on each page',
	isReadOnly: true,
	uses: ['getPermissions'],
	fields: [...memberFields, permissionOptions],
	runs: 'perItem',
	async execute(input) {
		const member = await memberOf(input);
		return asItem(member, await getPermissions(input.api, member));
	},
};
