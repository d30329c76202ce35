import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/client/answer';
import { sortedByLabel, type Field } from '../../../shared/fields/field';
import { onlyFields } from '../../../shared/fields/simplify';
import { ENTERPRISE_SCHEMA, accountIdOf, emailOf, type User, asItem } from '../../../services/scim/directoryObjects';
import type { ScimInput } from '../scimOperation';
import { optionalFields } from './attributes';

export const userNameField: Field = {
	displayName: 'User Name',
	name: 'userName',
	type: 'string',
	accepts: 'emailOrText',
	default: '',
	required: true,
	placeholder: 'e.g. anna@example.com',
	description:
		'What the identity provider knows the user by, mostly the e-mail. Once in a directory; upper and lower case do not matter.',
};

export const emailField: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	accepts: 'email',
	placeholder: 'name@email.com',
	default: '',
	required: true,
	description: 'The address of the Atlassian account',
};

export const additionalFields: Field = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	whenEmpty: 'omitted',
	options: optionalFields,
};

/** The same where what exists is replaced: what is left out is cleared. */
export const replacedFields: Field = { ...additionalFields, whenEmpty: 'clears' };

export const updateFields: Field = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	whenEmpty: 'clears',
	description: 'Only what is added here is changed; a field that is added and left empty is cleared',
	options: sortedByLabel<Field>([
		...optionalFields,
		{
			...emailField,
			required: undefined,
			whenEmpty: 'rejected',
			description:
				'The new address of the Atlassian account, the only one afterwards. An address that another account has is refused, and a change may unlink the account.',
		},
		{ ...userNameField, required: undefined, whenEmpty: 'rejected' },
	]),
};

const attributeList = (name: string, label: string, description: string): Field => ({
	displayName: label,
	name,
	type: 'string',
	accepts: 'list',
	default: '',
	placeholder: 'e.g. userName, active',
	description,
});

/** What the answer holds; Atlassian takes one of them only. */
export const attributeOptions: Field[] = [
	attributeList(
		'attributes',
		'Attributes',
		'Only these attributes, as SCIM calls them, with commas. Not together with Excluded Attributes.',
	),
	attributeList(
		'excludedAttributes',
		'Excluded Attributes',
		'All attributes but these, as SCIM calls them, with commas, e.g. groups. Not together with Attributes.',
	),
];

/** @throws Failure when both are chosen */
export function attributeQuery(input: ScimInput): Record<string, string> {
	const options = input.values.collection('options');
	const [attributes, excludedAttributes] = ['attributes', 'excludedAttributes'].map((name) =>
		options.list(name).join(','),
	);
	if (attributes && excludedAttributes)
		throw input.invalid('attributes', "cannot be used together with 'Excluded Attributes'", 'Choose one of them');
	return { ...(attributes ? { attributes } : {}), ...(excludedAttributes ? { excludedAttributes } : {}) };
}

const MAIN_FIELDS = [
	'id',
	'atlassianAccountId',
	'userName',
	'email',
	'displayName',
	'active',
	'externalId',
	'title',
	'department',
	'organization',
];

/** A user without nested lists, and with what people look for first. */
export function simplifiedUser(user: User): IDataObject {
	const enterprise = user[ENTERPRISE_SCHEMA];
	return onlyFields(
		{
			...(isObject(enterprise) ? enterprise : {}),
			...user,
			email: emailOf(user),
			atlassianAccountId: accountIdOf(user) ?? null,
		},
		MAIN_FIELDS,
	);
}

/** A user as the item wants it: simplified, or as Atlassian answers with the account ID lifted out. */
export function userItem({ values }: ScimInput, user: User): IDataObject {
	return values.flag('simplify', true) ? simplifiedUser(user) : asItem(user);
}
