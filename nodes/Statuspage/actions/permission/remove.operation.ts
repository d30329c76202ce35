import { page } from '../../../services/statuspage/objects/page';
import { asItem, withoutPages } from '../../../services/statuspage/permissions';
import { batched } from '../../../shared/operations/batched';
import type { StatuspageOperation } from '../statuspageOperation';
import { permissionChange } from './permissionChange';
import { memberFields, pageIdsField, permissionOptions } from './permissionFields';

export const remove: StatuspageOperation = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove permissions of team member on some pages, takes access away',
	description:
		'Take away the access of a team member to the pages that are named; all other pages stay as they are. Can be undone with Update. Nobody is notified.',
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
