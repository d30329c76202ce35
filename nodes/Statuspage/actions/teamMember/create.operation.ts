import { createTeamMember } from '../../../services/statuspage/createTeamMember';
import { emailKey } from '../../../shared/client/matching';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { onlyFields } from '../../../shared/fields/simplify';
import { noteOf } from '../../../shared/operations/noteOf';
import { MEMBER_FIELDS } from '../itemTeamMember';
import { organizationOption } from '../../../services/statuspage/organizationOption';
import type { StatuspageOperation } from '../statuspageOperation';

const emailField: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	accepts: 'email',
	placeholder: 'name@email.com',
	default: '',
	required: true,
	description: 'Email address of the team member',
};

const passwordField: Field = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	accepts: 'password',
	default: '',
	description: "Password that the team member logs in with. It isn't in the output or in error messages.",
};

const nameFields: Field[] = [
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		default: '',
		description: 'First name of the team member',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		default: '',
		description: 'Last name of the team member',
	},
];

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create team member',
	description: 'Create a new team member, who has no permissions on pages yet',
	effects:
		"To give access to pages, use 'Permission: Update' next. Not available for organizations with Atlassian accounts: use admin.atlassian.com or the Atlassian SCIM node instead. If the answer is lost, the team member is looked up by email and not created again. Statuspage may email the new team member. Undo with 'Delete'.",
	isReadOnly: false,
	uses: ['createTeamMember', 'listTeamMembers'],
	fields: [
		emailField,
		passwordField,
		additionalFieldsField(nameFields, { whenEmpty: 'omitted' }),
		optionsField(organizationOption),
	],
	runs: 'perItem',
	async execute(input) {
		const { api, values } = input;
		const { email, emailGiven } = values.email('email');
		const password = values.optionalText('password');
		const names = values.collection('additionalFields');
		const [firstName, lastName] = [names.optionalText('firstName'), names.optionalText('lastName')];
		const organizationId = input.organizationId();
		await input.inOrder(`${organizationId} ${emailKey(email)}`);
		const { member, note } = await createTeamMember(api, organizationId, {
			email,
			...(password === undefined ? {} : { password }),
			...(firstName === undefined ? {} : { first_name: firstName }),
			...(lastName === undefined ? {} : { last_name: lastName }),
		});
		return {
			...onlyFields(member, MEMBER_FIELDS),
			...(emailGiven === undefined ? {} : { emailGiven }),
			...noteOf(note),
		};
	},
};
