import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/client/answer';
import { additionalFieldsField, updateFieldsField } from '../../../shared/fields/collectionFields';
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
		'Name of the user in the identity provider, usually the email. Must be unique in the directory (not case-sensitive).',
};

export const emailField: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	accepts: 'email',
	placeholder: 'name@email.com',
	default: '',
	required: true,
	description: 'Email of the Atlassian account',
};

export const additionalFields = additionalFieldsField(optionalFields, { whenEmpty: 'omitted' });

/** Additional Fields of Replace, where empty fields are cleared. */
export const replacedFields = additionalFieldsField(optionalFields, { whenEmpty: 'clears' });

export const updateFields = updateFieldsField(
	sortedByLabel<Field>([
		...optionalFields,
		{
			...emailField,
			required: undefined,
			whenEmpty: 'rejected',
			description:
				'New email of the Atlassian account. An email of another account is rejected. A change may unlink the account.',
		},
		{ ...userNameField, required: undefined, whenEmpty: 'rejected' },
	]),
	{
		whenEmpty: 'clears',
		description: 'Only the fields you add are changed. A field that is added and left empty is cleared.',
	},
);

const attributeList = (name: string, label: string, description: string): Field => ({
	displayName: label,
	name,
	type: 'string',
	accepts: 'list',
	default: '',
	placeholder: 'e.g. userName, active',
	description,
});

/** Fields that limit the attributes in the response. Atlassian accepts only one of the two. */
export const attributeOptions: Field[] = [
	attributeList(
		'attributes',
		'Attributes',
		"Only return these SCIM attributes, separated by commas. Can't be combined with 'Excluded Attributes'.",
	),
	attributeList(
		'excludedAttributes',
		'Excluded Attributes',
		"Don't return these SCIM attributes, separated by commas. Can't be combined with 'Attributes'.",
	),
];

/** @throws Failure if both options are set */
export function attributeQuery(input: ScimInput): Record<string, string> {
	const options = input.values.collection('options');
	const [attributes, excludedAttributes] = ['attributes', 'excludedAttributes'].map((name) =>
		options.list(name).join(','),
	);
	if (attributes && excludedAttributes)
		throw input.invalid('attributes', "can't be combined with 'Excluded Attributes'", 'Remove one of the two options');
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

/** The main fields of a user, without nested lists. */
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

/** The output for a user: simplified, or the full answer of Atlassian with the account ID on the top level. */
export function userItem({ values }: ScimInput, user: User): IDataObject {
	return values.flag('simplify', true) ? simplifiedUser(user) : asItem(user);
}
