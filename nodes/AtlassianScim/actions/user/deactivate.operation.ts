import { optionsField } from '../../../shared/fields/options';
import { userKind } from '../../../services/scim/kinds';
import type { ScimOperation } from '../scimOperation';
import { setActive } from './activation';

export const deactivate: ScimOperation = {
	value: 'deactivate',
	name: 'Deactivate',
	action: 'Deactivate directory user',
	description: 'Deactivate a user and block all logins with the Atlassian account',
	effects:
		"Group memberships are kept, and so are Statuspage permissions and viewers. To remove those, use an access plan of the Statuspage node. Undo with 'Reactivate'. Atlassian doesn't document any notification.",
	isReadOnly: false,
	uses: ['updateUser', 'getUser'],
	fields: [userKind.locator, optionsField()],
	runs: 'perItem',
	execute: async (input) => await setActive(input, false),
};
