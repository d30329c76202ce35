import { optionsField } from '../../../shared/fields/options';
import { createUser } from '../../../services/scim/createUser';
import { asItem } from '../../../services/scim/directoryObjects';
import { nameKey } from '../../../shared/client/matching';
import type { ScimOperation } from '../scimOperation';
import { additionalFields, emailField, userNameField } from './userFields';
import { userBody } from './userBody';

export const create: ScimOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create directory user',
	description: 'Create a new user with an Atlassian account',
	effects:
		"If an Atlassian account with this email exists, it is linked instead. Statuspage groups and permissions are not set. Undo with 'Deactivate'. Atlassian may notify the user by email.",
	isReadOnly: false,
	uses: ['createUser', 'listUsers'],
	fields: [
		userNameField,
		emailField,
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the user can log in immediately',
		},
		additionalFields,
		optionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const userName = input.values.text('userName');
		const { email, emailGiven } = input.values.email('email');
		await input.inOrder(`user name ${nameKey(userName)}`);
		const { row, wasLost } = await createUser(
			input.api,
			userBody(input, { userName, email, active: input.values.flag('active', true) }),
			email,
		);
		return {
			...asItem(row),
			...(emailGiven === undefined ? {} : { email, emailGiven }),
			...(wasLost
				? {
						note: 'The response to the create request was lost. The user was found by user name and was created only once',
					}
				: {}),
		};
	},
};
