import { asItem, onlyRoles } from '../../../services/statuspage/permissions';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { permissionChange } from './permissionChange';
import { knownPages, memberFields, pageRoles, pagesField, roleOptions } from './permissionFields';

export const replace: StatuspageOperation = {
	value: 'replace',
	name: 'Replace',
	action: 'Replace permissions of team member',
	description: "Replace all of a team member's pages and roles with this list",
	effects:
		"The team member loses access to every page that is not listed. To undo, you need the previous list, which the output contains as 'before'. Use 'Update' to change only some pages. No notification is sent.",
	warning: "Removes access to every page that is not listed. Use 'Update' to change only some pages.",
	isReadOnly: false,
	uses: ['getPermissions', 'replacePermissions'],
	fields: [...memberFields, pagesField, roleOptions],
	...batched(
		permissionChange(
			async (input) => {
				const pages = await pageRoles(input);
				return { parameters: pages, request: { ...onlyRoles(pages), check: knownPages(input, pages) } };
			},
			(member, _, { before, after, isChanged }) => ({
				...asItem(member, after),
				result: isChanged ? 'updated' : 'unchanged',
				before: asItem(member, before).pages,
			}),
		),
	),
};
