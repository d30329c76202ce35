import { ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import { userKind } from '../../../services/scim/kinds';
import { cleanedEmail, rejectOtherIdentifier, userId } from '../itemUser';
import type { ScimOperation } from '../scimOperation';

export const deleteUser: ScimOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory user',
	description: 'Delete a user permanently. Their Atlassian account is deactivated and unlinked',
	effects:
		"This can't be undone. A user created again gets a new ID and has no group memberships. To block logins temporarily, use 'Deactivate'. Atlassian doesn't document any notification.",
	warning: "Deleting a user can't be undone. To block logins temporarily, use 'Deactivate'.",
	isReadOnly: false,
	uses: ['deleteUser', 'getConfig'],
	fields: [userKind.locator, optionsField(ignoreIfMissingOption)],
	runs: 'perItem',
	execute: async (input) => ({
		...(await deleted(input, {
			find: async () => await userId(input),
			remove: async (id) => await input.api.remove('deleteUser', { userId: id }),
			place: {},
			rejectOtherIdentifier: async (id) => await rejectOtherIdentifier(input, id),
		})),
		...cleanedEmail(input),
	}),
};
