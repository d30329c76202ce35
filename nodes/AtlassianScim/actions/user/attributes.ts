import type { IDataObject } from 'n8n-workflow';
import { sortedByLabel, type Field } from '../../../shared/fields/field';
import { ENTERPRISE_SCHEMA } from '../../../services/scim/directoryObjects';

/** A field of the node, and the attribute of a SCIM user that it sets. */
export interface Attribute {
	/** Name of the parameter. */
	name: string;
	/** The complex attribute or schema extension that contains it. */
	within?: 'name' | typeof ENTERPRISE_SCHEMA;
	/** Name of the attribute in SCIM. */
	key: string;
	label: string;
	description: string;
	placeholder?: string;
}

const attribute = (key: string, label: string, description: string, placeholder?: string): Attribute => ({
	name: key,
	key,
	label,
	description,
	placeholder,
});

/** All attributes with a single text value, sorted by label. (Source: Atlassian's reference of user provisioning; RFC 7643, 4.1 and 4.3.) */
export const TEXT_ATTRIBUTES: readonly Attribute[] = [
	attribute('department', 'Department', 'Department of the user'),
	{
		name: 'enterpriseDepartment',
		within: ENTERPRISE_SCHEMA,
		key: 'department',
		label: 'Department (Enterprise)',
		description: 'Department in the SCIM enterprise extension, where identity providers usually set it',
	},
	attribute('displayName', 'Display Name', 'Name shown to other users'),
	attribute('externalId', 'External ID', 'ID in the identity provider or HR system (case-sensitive)', 'e.g. hr-1234'),
	{ name: 'familyName', within: 'name', key: 'familyName', label: 'Family Name', description: 'Last name' },
	{
		name: 'formattedName',
		within: 'name',
		key: 'formatted',
		label: 'Formatted Name',
		description: 'Full name, including titles and middle names',
	},
	{ name: 'givenName', within: 'name', key: 'givenName', label: 'Given Name', description: 'First name' },
	{
		name: 'honorificPrefix',
		within: 'name',
		key: 'honorificPrefix',
		label: 'Honorific Prefix',
		description: 'Title before the name',
		placeholder: 'e.g. Dr.',
	},
	{
		name: 'honorificSuffix',
		within: 'name',
		key: 'honorificSuffix',
		label: 'Honorific Suffix',
		description: 'Suffix after the name',
		placeholder: 'e.g. III',
	},
	{ name: 'middleName', within: 'name', key: 'middleName', label: 'Middle Name', description: 'Middle name' },
	attribute('nickName', 'Nickname', 'Informal name'),
	attribute('organization', 'Organization', 'Organization of the user'),
	{
		name: 'enterpriseOrganization',
		within: ENTERPRISE_SCHEMA,
		key: 'organization',
		label: 'Organization (Enterprise)',
		description: 'Organization in the SCIM enterprise extension, where identity providers usually set it',
	},
	attribute('preferredLanguage', 'Preferred Language', 'Language of the user as a language tag', 'e.g. en-US'),
	attribute('timezone', 'Timezone', 'Time zone of the user', 'e.g. Europe/Berlin'),
	attribute('title', 'Title', 'Job title'),
];

const phoneNumbers: Field = {
	displayName: 'Phone Numbers',
	name: 'phoneNumbers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add phone number',
	default: {},
	description: 'Phone numbers of the user. Existing phone numbers that are not listed are removed.',
	options: [
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			values: [
				{
					displayName: 'Number',
					name: 'value',
					type: 'string',
					default: '',
					whenEmpty: 'rejected',
					placeholder: 'e.g. +49 30 1234567',
					description: 'Phone number with country code',
				},
				{
					displayName: 'Primary',
					name: 'primary',
					type: 'boolean',
					default: false,
					description: 'Whether this is the primary phone number',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Fax', value: 'fax' },
						{ name: 'Home', value: 'home' },
						{ name: 'Mobile', value: 'mobile' },
						{ name: 'Other', value: 'other' },
						{ name: 'Pager', value: 'pager' },
						{ name: 'Work', value: 'work' },
					],
					default: 'work',
					description: 'Type of phone number',
				},
			],
		},
	],
};

const customAttributes: Field = {
	displayName: 'Custom Attributes',
	name: 'customAttributes',
	type: 'json',
	default: '{}',
	description:
		'JSON object with SCIM attributes that have no field here. Put attributes of an extension under its URN.',
};

/** Optional fields of a user, sorted by label. */
export const optionalFields: Field[] = sortedByLabel<Field>([
	...TEXT_ATTRIBUTES.map(
		({ name, label, description, placeholder }): Field => ({
			displayName: label,
			name,
			type: 'string',
			default: '',
			description,
			...(placeholder ? { placeholder } : {}),
		}),
	),
	customAttributes,
	phoneNumbers,
]);

/** The SCIM attribute for an email. An Atlassian account has only one. */
export function emailsOf(email: string): IDataObject[] {
	return [{ value: email, type: 'work', primary: true }];
}
