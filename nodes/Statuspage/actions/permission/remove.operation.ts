import { page } from '../../../services/statuspage/objects/page';
import { asItem, withoutPages } from '../../../services/statuspage/permissions';
import { doneTogether } from '../../../shared/operations/together';
import type { Operation } from '../operation';
import { permissionChange } from './change';
import { memberFields, pageIdsField, permissionOptions } from './fields';

export const remove: Operation = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove permissions of team member on some pages, takes access away',
	description:
		'Take away the access of a team member to the pages that are named; all other pages stay as they are. Can be undone with Update. Nobody is notified.',
	isReadOnly: false,
	uses: ['getPermissions', 'replacePermissions'],
	fields: [...memberFields, pageIdsField, permissionOptions],
	...doneTogether(
		permissionChange(
			async (input) => {
				const pageIds = await input.idsOf(page, {}, 'pageIds', { passesUnknownIds: true, trustsIds: true });
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
