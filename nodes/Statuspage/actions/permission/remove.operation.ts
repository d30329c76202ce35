import { page } from '../../../services/statuspage/objects/page';
import { asItem, withoutPages } from '../../../services/statuspage/permissions';
import { batched } from '../../../shared/operations/batched';
import type { StatuspageOperation } from '../statuspageOperation';
import { permissionChange } from './permissionChange';
import { memberFields, pageIdsField, permissionOptions } from './permissionFields';

export const remove: StatuspageOperation = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove permissions of team member',
	description: "Remove a team member's access to the selected pages",
	effects:
		"Other pages are not affected. Takes effect immediately. To undo, use 'Update' with the previous roles. No notification is sent.",
	isReadOnly: false,
	uses: ['getPermissions', 'replacePermissions'],
	fields: [...memberFields, pageIdsField, permissionOptions],
	...batched(
		permissionChange(
			async (input) => {
				const pageIds = await input.idsOf(page, {}, 'pageIds', { allowUnknownIds: true, skipIdLookUp: true });
				return { parameters: pageIds, request: withoutPages(pageIds) };
			},
			(member, pageIds, { before, after }) => ({
				...asItem(member, after),
				removed: pageIds.filter((id) => before.has(id)),
				notThere: pageIds.filter((id) => !before.has(id)),
			}),
		),
	),
};
