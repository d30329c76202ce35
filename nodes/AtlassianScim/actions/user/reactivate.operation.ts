import { optionsField } from '../../../shared/actions/fields/options';
import { userField } from '../fields/user';
import type { Operation } from '../operation';
import { setActive } from './activation';

export const reactivate: Operation = {
	value: 'reactivate',
	name: 'Reactivate',
	action: 'Reactivate directory user',
	description: 'Let a user in again who was deactivated, with the groups of before. Can be undone with Deactivate. No message to anybody is documented.',
	uses: ['updateUser', 'getUser', 'listUsers'],
	fields: [userField, optionsField()],
	execute: async (input) => await setActive(input, true),
};
