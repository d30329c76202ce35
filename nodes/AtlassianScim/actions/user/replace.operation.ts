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
	action: 'Replace directory user',
	description: 'Replace all attributes of a user',
	effects:
		"Attributes that are not set are cleared. To undo, you need the previous attributes, which 'Get' returns. To change only some attributes, use 'Update'. Atlassian doesn't document any notification.",
	warning:
		"Attributes not set here are cleared. To undo this, you need the previous attributes. To change only some, use 'Update'.",
	isReadOnly: false,
	uses: ['replaceUser'],
	fields: [
		userKind.locator,
		userNameField,
		emailField,
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the user can log in. A deactivated user is reactivated if this is on.',
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
