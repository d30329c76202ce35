import { asItem, withRoles } from '../../api/permissions';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { permissionChange } from './change';
import { memberFields, pageRoles, pagesField, permissionOptions } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update permissions of team member on some pages',
	description: 'Set the roles of a team member on the pages that are named; all other pages stay as they are. Takes effect at once. Nobody is notified.',
	uses: ['getPermissions', 'replacePermissions', 'listTeamMembers'],
	fields: [...memberFields, pagesField, permissionOptions],
	...doneTogether(
		permissionChange(
			(input) => {
				const pages = pageRoles(input);
				return { parameters: pages, wish: withRoles(pages) };
			},
			(member, _, { after, isChanged }) => ({ ...asItem(member, after), result: isChanged ? 'updated' : 'unchanged' }),
		),
	),
};
