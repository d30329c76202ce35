import { asItem, withoutPages } from '../../api/permissions';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { permissionChange } from './change';
import { memberFields, pageIdsField, permissionOptions } from './fields';

export const remove: Operation = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove permissions of team member on some pages, takes access away',
	description: 'Take away the access of a team member to the pages that are named; all other pages stay as they are. Can be undone with Update. Nobody is notified.',
	uses: ['getPermissions', 'replacePermissions', 'listTeamMembers'],
	fields: [...memberFields, pageIdsField, permissionOptions],
	...doneTogether(
		permissionChange(
			(input) => {
				const pageIds = input.requiredIds('pageIds');
				return { parameters: pageIds, wish: withoutPages(pageIds) };
			},
			(member, pageIds, { before, after }) => ({
				...asItem(member, after),
				removed: pageIds.filter((id) => before.has(id)),
				notThere: pageIds.filter((id) => !before.has(id)),
			}),
		),
	),
};
