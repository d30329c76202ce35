import { optionsField } from '../../../shared/actions/fields/options';
import { asItem, type User } from '../../api/rows';
import { userField, userId } from '../fields/user';
import type { Operation } from '../operation';
import { additionalFields, emailField, userNameField } from './fields';
import { userBody } from './userBody';

export const replace: Operation = {
	value: 'replace',
	name: 'Replace',
	action: 'Replace directory user, takes away all others of its attributes',
	description:
		'Set all attributes of a user at once: every attribute that is left out here is cleared. Cannot be undone without the earlier attributes, which Get returns. Use Update to change some of them only.',
	uses: ['replaceUser', 'listUsers'],
	fields: [
		{
			displayName: "Every attribute that is left out here is cleared: title, department, phone numbers, custom attributes and all others. Use 'Update' to change some of them only",
			name: 'replaceNotice',
			type: 'notice',
			default: '',
		},
		userField,
		userNameField,
		emailField,
		{ displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether the user may log in. On for a user who was deactivated, it lets that user in again.' },
		additionalFields,
		optionsField(),
	],
	async execute(input) {
		const body = userBody(input, { userName: input.requiredText('userName'), email: input.email(), active: input.flag('active', true) });
		return asItem(await input.api.call<'replaceUser', User>('replaceUser', { userId: await userId(input) }, { body }));
	},
};
