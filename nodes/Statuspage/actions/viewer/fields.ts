import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { checkedEmail, type Input } from '../input';
import { idList } from '../../../shared/actions/idList';
import { componentsField, viewerGroupsField } from '../fields/pickList';

export const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	placeholder: 'name@email.com',
	default: '',
	required: true,
	description: 'The address that the viewer logs in with',
};

const externalLogin: INodeProperties = {
	displayName: 'External Login',
	name: 'externalLogin',
	type: 'string',
	default: '',
	description: 'The login of this person at your identity provider, usually its user ID (uid)',
};

const subscribeToComponents: INodeProperties = {
	displayName: 'Subscribe to Components',
	name: 'subscribeToComponents',
	type: 'boolean',
	default: false,
	description: 'Whether the viewer gets notifications about the components that the viewer may see',
};

export const newViewerFields: INodeProperties[] = [
	{ ...componentsField, description: `Components that the viewer may see besides those of the groups. ${componentsField.description}` },
	externalLogin,
	subscribeToComponents,
	viewerGroupsField,
];

export const changedViewerFields: INodeProperties[] = [
	{ ...emailField, required: undefined, description: 'The new address' },
	externalLogin,
	subscribeToComponents,
	viewerGroupsField,
];

export const groupsModeOption: INodeProperties = {
	displayName: 'Groups Mode',
	name: 'groupsMode',
	type: 'options',
	options: [
		{ name: 'Add', value: 'add', description: 'The viewer keeps the other groups' },
		{ name: 'Remove', value: 'remove', description: 'The viewer leaves these groups' },
		{ name: 'Replace', value: 'replace', description: 'The viewer leaves all other groups' },
	],
	default: 'add',
	description: 'What to do with the groups that are given',
};

/** The fields of a collection as the API takes them; only those that were added. */
export function viewerBody(collection: IDataObject): IDataObject {
	const { email, externalLogin: external_login, subscribeToComponents: subscribe_to_components } = collection;
	return {
		...(email === undefined ? {} : { email: checkedEmail('email', String(email).trim()) }),
		...(external_login === undefined ? {} : { external_login }),
		...(subscribe_to_components === undefined ? {} : { subscribe_to_components }),
	};
}

export function groupIdsIn(collection: IDataObject): string[] | undefined {
	return collection.viewerGroupIds === undefined ? undefined : idList(collection.viewerGroupIds);
}

export function componentIdsIn(collection: IDataObject): string[] {
	return idList(collection.componentIds);
}

export function groupsMode(input: Input): 'add' | 'replace' | 'remove' {
	return (input.collection('options').groupsMode as 'add' | 'replace' | 'remove' | undefined) ?? 'add';
}
