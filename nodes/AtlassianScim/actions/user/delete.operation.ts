import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import { asItem } from '../../../services/scim/directoryObjects';
import { userKind } from '../../../services/scim/kinds';
import { cleanedEmail, rejectOtherIdentifier, userId } from '../itemUser';
import type { ScimOperation } from '../scimOperation';

export const deleteUser: ScimOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete directory user',
	description: 'Delete a user permanently, and deactivate and unlink their Atlassian account',
	effects:
		"This can't be undone. A user created again gets a new ID and has no group memberships. To block logins temporarily, use 'Deactivate'. Atlassian doesn't document any notification.",
	warning: "Deleting a user can't be undone. To block logins temporarily, use 'Deactivate'.",
	isReadOnly: false,
	uses: ['deleteUser', 'getConfig'],
	fields: [userKind.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const result = await deleted(input, {
			noun: 'user',
			find: async () => await userId(input),
			read: async (id) => asItem(await input.api.call('getUser', { userId: id })),
			remove: async (id) => await input.api.remove('deleteUser', { userId: id }),
			place: {},
			rejectOtherIdentifier: async (id) => await rejectOtherIdentifier(input, id),
		});
		return input.isDryRun ? result : { ...result, ...cleanedEmail(input) };
	},
};
