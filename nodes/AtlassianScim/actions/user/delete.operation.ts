import { ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import { userKind } from '../../../services/scim/kinds';
import { givenEmail, requireNoOtherName, userId } from '../itemUser';
import type { ScimOperation } from '../scimOperation';

export const deleteUser: ScimOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory user, account is deactivated and unlinked, cannot be undone',
	description:
		'Take a user out of the directory, deactivate the Atlassian account and unlink it. Cannot be undone: a user created again gets a new ID, and has to be added to groups again. To shut somebody out for a while, use Deactivate. No message to anybody is documented.',
	isReadOnly: false,
	uses: ['deleteUser', 'getConfig'],
	fields: [userKind.locator, optionsField(ignoreIfMissingOption)],
	runs: 'perItem',
	execute: async (input) => ({
		...(await deleted(input, {
			find: async () => await userId(input),
			remove: async (id) => await input.api.remove('deleteUser', { userId: id }),
			place: {},
			requireNoOtherName: async (id) => await requireNoOtherName(input, id),
		})),
		...givenEmail(input),
	}),
};
