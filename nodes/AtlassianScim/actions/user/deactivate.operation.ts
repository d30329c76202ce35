import { optionsField } from '../../../shared/fields/options';
import { userKind } from '../../../services/scim/kinds';
import type { ScimOperation } from '../scimOperation';
import { setActive } from './activation';

export const deactivate: ScimOperation = {
	value: 'deactivate',
	name: 'Deactivate',
	action: 'Deactivate directory user, takes away login',
	description:
		'Shut a user out: the Atlassian account can no longer log in anywhere. Can be undone with Reactivate. Groups stay, and so do permissions and viewer records on Statuspage: plan and apply those with the Statuspage node. No message to anybody is documented.',
	isReadOnly: false,
	uses: ['updateUser', 'getUser'],
	fields: [userKind.locator, optionsField()],
	runs: 'perItem',
	execute: async (input) => await setActive(input, false),
};
