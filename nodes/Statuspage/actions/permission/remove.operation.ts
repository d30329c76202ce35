import { asItem, removePermissions } from '../../api/permissions';
import type { Operation } from '../operation';
import { memberFields, memberOf, pageIdsField, permissionOptions } from './fields';

export const remove: Operation = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove permissions of team member on some pages, takes access away',
	description: 'Take away the access of a team member to the pages that are named; all other pages stay as they are. Can be undone with Update. Nobody is notified.',
	uses: ['getPermissions', 'replacePermissions', 'listTeamMembers'],
	fields: [...memberFields, pageIdsField, permissionOptions],
	async execute(input) {
		const pageIds = input.requiredIds('pageIds');
		const member = await memberOf(input);
		const { before, after } = await removePermissions(input.api, member, pageIds);
		return {
			...asItem(member, after),
			removed: pageIds.filter((id) => before.has(id)),
			notThere: pageIds.filter((id) => !before.has(id)),
		};
	},
};
