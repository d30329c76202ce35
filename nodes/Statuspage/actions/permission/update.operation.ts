import { asItem, withRoles } from '../../../services/statuspage/permissions';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { permissionChange } from './permissionChange';
import { knownPages, memberFields, pageRoles, pagesField, roleOptions } from './permissionFields';

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update permissions of team member',
	description: "Update a team member's roles on the selected pages",
	effects:
		'Other pages are not affected. On the selected pages, roles that are not selected are removed. Takes effect immediately. To undo, you need the previous roles. No notification is sent.',
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
