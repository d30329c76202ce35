import { asItem, withRoles } from '../../../services/statuspage/permissions';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { permissionChange } from './permissionChange';
import { knownPages, memberFields, pageRoles, pagesField, roleOptions } from './permissionFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update permissions of team member on some pages',
	description:
		'Set the roles of a team member on the pages that are named; all other pages stay as they are. Takes effect at once. Nobody is notified.',
	isReadOnly: false,
	uses: ['getPermissions', 'replacePermissions'],
	fields: [...memberFields, pagesField, roleOptions],
	...batched(
		permissionChange(
			async (input) => {
				const pages = await pageRoles(input);
				return { parameters: pages, request: { ...withRoles(pages), check: knownPages(input, pages) } };
			},
			(member, _, { after, isChanged }) => ({ ...asItem(member, after), result: isChanged ? 'updated' : 'unchanged' }),
		),
	),
};
