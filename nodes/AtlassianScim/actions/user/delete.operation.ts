import { ignoreIfMissingOption, optionsField } from '../../../shared/actions/fields/options';
import { deleted } from '../deletion';
import { userField, userId } from '../fields/user';
import type { Operation } from '../operation';

export const deleteUser: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory user, account is deactivated and unlinked, cannot be undone',
	description:
		'Take a user out of the directory, deactivate the Atlassian account and unlink it. Cannot be undone: a user created again gets a new ID, and has to be added to groups again. To shut somebody out for a while, use Deactivate. No message to anybody is documented.',
	uses: ['deleteUser', 'listUsers', 'getConfig'],
	fields: [userField, optionsField(ignoreIfMissingOption)],
	execute: async (input) => await deleted(input, async () => await userId(input), async (id) => await input.api.call('deleteUser', { userId: id })),
};
