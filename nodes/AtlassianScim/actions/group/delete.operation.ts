import { deleted } from '../../../shared/actions/deletion';
import { ignoreIfMissingOption, optionsField } from '../../../shared/actions/fields/options';
import { groupField, groupId } from '../fields/group';
import type { Operation } from '../operation';

export const deleteGroup: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory group, its members lose what it gave them, cannot be undone',
	description:
		'Take a group out of the directory and off all sites. Its members stay, but lose the access that it gave them. Cannot be undone: a group created again gets a new ID and is empty. Default groups such as org-admins cannot be managed. No message to anybody is documented.',
	uses: ['deleteGroup', 'listGroups', 'getConfig'],
	fields: [groupField, optionsField(ignoreIfMissingOption)],
	async execute(input) {
		return await deleted(input, {
			find: async () => await groupId(input),
			remove: async (id) => await input.api.call('deleteGroup', { groupId: id }),
			confirmPlace: async () => await input.api.call('getConfig', {}),
		});
	},
};
