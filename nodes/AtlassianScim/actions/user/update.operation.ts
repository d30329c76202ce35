import { optionsField } from '../../../shared/actions/fields/options';
import { asItem } from '../../api/rows';
import { patchUser } from '../../api/users';
import { userField, userId } from '../fields/user';
import type { Operation } from '../operation';
import { updateFields } from './fields';
import { userChanges } from './userBody';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update directory user',
	description: 'Change attributes of a user and of the Atlassian account. What is not added stays as it is; what is added and empty is cleared. Takes effect at once.',
	uses: ['updateUser', 'getUser', 'listUsers'],
	fields: [userField, updateFields, optionsField()],
	async execute(input) {
		const changes = userChanges(input);
		return asItem(await patchUser(input.api, await userId(input), changes));
	},
};
