import type { IDataObject } from 'n8n-workflow';
import { sortedByLabel, type Field } from '../../../shared/fields/field';
import { ENTERPRISE_SCHEMA } from '../../../services/scim/directoryObjects';

/** A field of the screen, and where its value stands in a user. */
export interface Attribute {
	/** Name of the parameter. */
	name: string;
	/** The complex attribute or the schema extension that it belongs to. */
	within?: 'name' | typeof ENTERPRISE_SCHEMA;
	/** Its name in the service. */
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

/** Everything that is a single text, sorted by label. (Source: Atlassian's reference of user provisioning; RFC 7643, 4.1 and 4.3.) */
export const TEXT_ATTRIBUTES: readonly Attribute[] = [
	attribute('department', 'Department', 'The department'),
	{
		name: 'enterpriseDepartment',
		within: ENTERPRISE_SCHEMA,
		key: 'department',
		label: 'Department (Enterprise Extension)',
		description: 'The department, where identity providers put it: in the enterprise extension',
	},
	attribute('displayName', 'Display Name', 'The name that others see'),
	attribute(
		'externalId',
		'External ID',
		'The ID at the identity provider or HR system; upper and lower case matter',
		'e.g. hr-1234',
	),
	{ name: 'familyName', within: 'name', key: 'familyName', label: 'Family Name', description: 'The last name' },
	{
		name: 'formattedName',
		within: 'name',
		key: 'formatted',
		label: 'Formatted Name',
		description: 'The whole name, with titles and middle names',
	},
	{ name: 'givenName', within: 'name', key: 'givenName', label: 'Given Name', description: 'The first name' },
	{
		name: 'honorificPrefix',
		within: 'name',
		key: 'honorificPrefix',
		label: 'Honorific Prefix',
		description: 'What stands before the name',
		placeholder: 'e.g. Dr.',
	},
	{
		name: 'honorificSuffix',
		within: 'name',
		key: 'honorificSuffix',
		label: 'Honorific Suffix',
		description: 'What stands behind the name',
		placeholder: 'e.g. III',
	},
	{ name: 'middleName', within: 'name', key: 'middleName', label: 'Middle Name', description: 'The middle name' },
	attribute('nickName', 'Nickname', 'The casual name'),
	attribute('organization', 'Organization', 'The organization'),
	{
		name: 'enterpriseOrganization',
		within: ENTERPRISE_SCHEMA,
		key: 'organization',
		label: 'Organization (Enterprise Extension)',
		description: 'The organization, where identity providers put it: in the enterprise extension',
	},
	attribute('preferredLanguage', 'Preferred Language', 'The language of the user, as in HTTP', 'e.g. en-US'),
	attribute('timezone', 'Timezone', 'The time zone', 'e.g. Europe/Berlin'),
	attribute('title', 'Title', 'The job title'),
];

const phoneNumbers: Field = {
	displayName: 'Phone Numbers',
	name: 'phoneNumbers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add phone number',
	default: {},
	description: 'All phone numbers of the user: others are taken away',
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
					description: 'As it is dialled from abroad',
				},
				{
					displayName: 'Primary',
					name: 'primary',
					type: 'boolean',
					default: false,
					description: 'Whether this is the number to call first',
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
					description: 'What the number is for',
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
		'Attributes without a field here, as a JSON object as SCIM has it; attributes of an extension stand under its URN',
};

/** Fields of a user that need not be there, sorted by what the screen shows. */
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

/** An account at Atlassian has one address. */
export function emailsOf(email: string): IDataObject[] {
	return [{ value: email, type: 'work', primary: true }];
}
