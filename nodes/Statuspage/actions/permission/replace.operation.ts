import { asItem, onlyRoles } from '../../../services/statuspage/permissions';
import type { StatuspageOperation } from '../statuspageOperation';
import { batched } from '../../../shared/operations/batched';
import { permissionChange } from './permissionChange';
import { knownPages, memberFields, pageRoles, pagesField, roleOptions } from './permissionFields';

export const replace: StatuspageOperation = {
	value: 'replace',
	name: 'Replace',
	action: 'Replace permissions of team member, takes away every page that is not named',
	description:
		'Set all pages and roles of a team member: the member loses access to every page that is not named here. Cannot be undone without the earlier list, which the result holds. Use Update to change some pages only.',
	isReadOnly: false,
	uses: ['getPermissions', 'replacePermissions'],
	fields: [
		{
			displayName: 'The member loses access to every page that is not named here. Use Update to change some pages only',
			name: 'replaceNotice',
			type: 'notice',
			default: '',
		},
		...memberFields,
		pagesField,
		roleOptions,
	],
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
