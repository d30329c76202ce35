import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { simplified } from '../../../shared/actions/fields/simplify';
import { idList } from '../../../shared/actions/idList';
import { ENTERPRISE_SCHEMA, accountIdOf, emailOf, type User, asItem } from '../../api/rows';
import type { Input } from '../operation';
import { optionalFields } from './attributes';

export const userNameField: INodeProperties = {
	displayName: 'User Name',
	name: 'userName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. anna@example.com',
	description: 'What the identity provider knows the user by, mostly the e-mail. Once in a directory; upper and lower case do not matter.',
};

export const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	placeholder: 'name@email.com',
	default: '',
	required: true,
	description: 'The address of the Atlassian account',
};

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: optionalFields,
};

const sortedByLabel = (fields: INodeProperties[]) => [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName));

export const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'Only what is added here is changed; a field that is added and left empty is cleared',
	options: sortedByLabel([
		...optionalFields,
		{ ...emailField, required: undefined, description: 'The new address of the Atlassian account, the only one afterwards. An address that another account has is refused, and a change may unlink the account.' },
		{ ...userNameField, required: undefined },
	]),
};

const attributeList = (name: string, label: string, description: string): INodeProperties => ({
	displayName: label,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. userName, active',
	description,
});

/** What the answer holds; Atlassian takes one of them only. */
export const attributeOptions: INodeProperties[] = [
	attributeList('attributes', 'Attributes', 'Only these attributes, as SCIM calls them, with commas. Not together with Excluded Attributes.'),
	attributeList('excludedAttributes', 'Excluded Attributes', 'All attributes but these, as SCIM calls them, with commas, e.g. groups. Not together with Attributes.'),
];

/** @throws Failure when both are chosen */
export function attributeQuery(input: Input): Record<string, string> {
	const options = input.collection('options');
	const [attributes, excludedAttributes] = ['attributes', 'excludedAttributes'].map((name) => idList(options[name]).join(','));
	if (attributes && excludedAttributes) throw input.bad('attributes', "cannot be used together with 'Excluded Attributes'", 'Nothing was sent: choose one of them');
	return { ...(attributes ? { attributes } : {}), ...(excludedAttributes ? { excludedAttributes } : {}) };
}

const MAIN_FIELDS = ['id', 'atlassianAccountId', 'userName', 'email', 'displayName', 'active', 'externalId', 'title', 'department', 'organization'];

/** A user as the item wants it: flat, or as Atlassian answers with the account ID lifted out. */
export function userItem(input: Input, user: User): IDataObject {
	if (!input.flag('simplify', true)) return asItem(user);
	const enterprise = (user[ENTERPRISE_SCHEMA] ?? {}) as IDataObject;
	return simplified(input, { ...enterprise, ...user, email: emailOf(user), atlassianAccountId: accountIdOf(user) ?? null }, MAIN_FIELDS);
}
