import { optionsField } from '../../../shared/fields/options';
import { userKind } from '../../../services/scim/kinds';
import type { ScimOperation } from '../scimOperation';
import { setActive } from './activation';

export const reactivate: ScimOperation = {
	value: 'reactivate',
	name: 'Reactivate',
	action: 'Reactivate directory user',
	description:
		'Let a user in again who was deactivated, with the groups of before. Can be undone with Deactivate. No message to anybody is documented.',
	isReadOnly: false,
	uses: ['updateUser', 'getUser'],
	fields: [userKind.locator, optionsField()],
	runs: 'perItem',
	execute: async (input) => await setActive(input, true),
};
