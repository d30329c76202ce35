import { emptyClearsOption, optionsField } from '../../../shared/fields/options';
import { asItem } from '../../../services/scim/directoryObjects';
import { userKind } from '../../../services/scim/kinds';
import { userId } from '../itemUser';
import type { ScimOperation } from '../scimOperation';
import { emailField, replacedFields, userNameField } from './userFields';
import { userBody } from './userBody';

export const replace: ScimOperation = {
	value: 'replace',
	name: 'Replace',
	action: 'Replace directory user, takes away all others of its attributes',
	description:
		'Set all attributes of a user at once: every attribute that is left out here is cleared. Cannot be undone without the earlier attributes, which Get returns. Use Update to change some of them only.',
	isReadOnly: false,
	uses: ['replaceUser'],
	fields: [
		{
			displayName:
				"Every attribute that is left out here is cleared: title, department, phone numbers, custom attributes and all others. Use 'Update' to change some of them only",
			name: 'replaceNotice',
			type: 'notice',
			default: '',
		},
		userKind.locator,
		userNameField,
		emailField,
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the user may log in. On for a user who was deactivated, it lets that user in again.',
		},
		replacedFields,
		optionsField(emptyClearsOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const { email, emailGiven } = values.email('email');
		const body = userBody(input, { userName: values.text('userName'), email, active: values.flag('active', true) });
		const user = await api.call('replaceUser', { userId: await userId(input) }, { body });
		return { ...asItem(user), ...(emailGiven === undefined ? {} : { email, emailGiven }) };
	},
};
