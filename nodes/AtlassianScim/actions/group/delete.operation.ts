import { ignoreIfMissingOption, optionsField } from '../../../shared/actions/fields/options';
import { deleted } from '../deletion';
import { groupField, groupId } from '../fields/group';
import type { Operation } from '../operation';

export const deleteGroup: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory group, its members lose what it gave them, cannot be undone',
	description:
		'Take a group out of the directory and off all sites; cannot be undone. Its members stay, but lose the access that it gave them. A group created again gets a new ID and is empty. Default groups such as org-admins cannot be managed. No message to anybody is documented.',
	uses: ['deleteGroup', 'listGroups', 'getConfig'],
	fields: [groupField, optionsField(ignoreIfMissingOption)],
	execute: async (input) => await deleted(input, async () => await groupId(input), async (id) => await input.api.call('deleteGroup', { groupId: id })),
};
