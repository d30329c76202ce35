import { asItem, updatePermissions } from '../../api/permissions';
import type { Operation } from '../operation';
import { memberFields, memberOf, pageRoles, pagesField, permissionOptions } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update permissions of team member on some pages',
	description: 'Set the roles of a team member on the pages that are named; all other pages stay as they are. Takes effect at once. Nobody is notified.',
	uses: ['getPermissions', 'replacePermissions', 'listTeamMembers'],
	fields: [...memberFields, pagesField, permissionOptions],
	async execute(input) {
		const pages = pageRoles(input);
		const member = await memberOf(input);
		const { after, isChanged } = await updatePermissions(input.api, member, pages);
		return { ...asItem(member, after), result: isChanged ? 'updated' : 'unchanged' };
	},
};
