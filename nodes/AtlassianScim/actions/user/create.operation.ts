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
	description:
		'Create a user of the directory, and with it an account at Atlassian; an account that has the e-mail already is linked instead of doubled. Can be undone with Deactivate. Statuspage groups and permissions do not follow from it. Atlassian may e-mail the person.',
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
			description: 'Whether the user may log in at once',
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
				? { note: 'The answer to the create was lost. The user was looked up by user name and is there: created once' }
				: {}),
		};
	},
};
