import { asItem, onlyRoles } from '../../api/permissions';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { permissionChange } from './change';
import { memberFields, pageRoles, pagesField, permissionOptions } from './fields';

export const replace: Operation = {
	value: 'replace',
	name: 'Replace',
	action: 'Replace permissions of team member, takes away every page that is not named',
	description: 'Set all pages and roles of a team member: the member loses access to every page that is not named here. Cannot be undone without the earlier list, which the result holds. Use Update to change some pages only.',
	uses: ['getPermissions', 'replacePermissions', 'listTeamMembers'],
	fields: [
		{
			displayName: 'The member loses access to every page that is not named here. Use Update to change some pages only',
			name: 'replaceNotice',
			type: 'notice',
			default: '',
		},
		...memberFields,
		pagesField,
		permissionOptions,
	],
	...doneTogether(
		permissionChange(
			(input) => {
				const pages = pageRoles(input);
				return { parameters: pages, wish: onlyRoles(pages) };
			},
			(member, _, { before, after, isChanged }) => ({
				...asItem(member, after),
				result: isChanged ? 'updated' : 'unchanged',
				before: asItem(member, before).pages,
			}),
		),
	),
};
