import { asItem, withRoles } from '../../../services/statuspage/permissions';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/operations/together';
import { permissionChange } from './change';
import { knownPages, memberFields, pageRoles, pagesField, roleOptions } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update permissions of team member on some pages',
	description:
		'Set the roles of a team member on the pages that are named; all other pages stay as they are. Takes effect at once. Nobody is notified.',
	isReadOnly: false,
	uses: ['getPermissions', 'replacePermissions'],
	fields: [...memberFields, pagesField, roleOptions],
	...doneTogether(
		permissionChange(
			async (input) => {
				const pages = await pageRoles(input);
				return { parameters: pages, wish: { ...withRoles(pages), check: knownPages(input, pages) } };
			},
			(member, _, { after, isChanged }) => ({ ...asItem(member, after), result: isChanged ? 'updated' : 'unchanged' }),
		),
	),
};
