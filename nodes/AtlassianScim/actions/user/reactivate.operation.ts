import { optionsField } from '../../../shared/fields/options';
import { userKind } from '../../../services/scim/kinds';
import type { ScimOperation } from '../scimOperation';
import { setActive } from './activation';

export const reactivate: ScimOperation = {
	value: 'reactivate',
	name: 'Reactivate',
	action: 'Reactivate directory user',
	description: 'Reactivate a deactivated user',
	effects:
		"The user can log in again and still belongs to the same groups. Undo with 'Deactivate'. Atlassian doesn't document any notification.",
	isReadOnly: false,
	uses: ['updateUser', 'getUser'],
	fields: [userKind.locator, optionsField()],
	runs: 'perItem',
	execute: async (input) => await setActive(input, true),
};
