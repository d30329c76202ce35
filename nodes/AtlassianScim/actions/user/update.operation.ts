import { emptyClearsOption, optionsField } from '../../../shared/fields/options';
import { asItem } from '../../../services/scim/directoryObjects';
import { patchUser } from '../../../services/scim/users';
import { userKind } from '../../../services/scim/kinds';
import { userId } from '../itemUser';
import type { ScimOperation } from '../scimOperation';
import { updateFields } from './userFields';
import { userChanges } from './userBody';

export const update: ScimOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update directory user',
	description: 'Update attributes of a user and of the Atlassian account',
	effects:
		"Only the fields you add are changed. A field that is added and left empty is cleared. Changes take effect immediately. Changing the email may unlink the account. Atlassian doesn't document any notification.",
	isReadOnly: false,
	uses: ['updateUser', 'getUser'],
	fields: [userKind.locator, updateFields, optionsField(emptyClearsOption)],
	runs: 'perItem',
	async execute(input) {
		const changes = userChanges(input);
		return asItem(await patchUser(input.api, await userId(input), changes));
	},
};
