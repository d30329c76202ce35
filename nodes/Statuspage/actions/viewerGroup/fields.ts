import type { IDataObject, INodeProperties } from 'n8n-workflow';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	description: 'The name of the group',
};

export const externalIdentifier: INodeProperties = {
	displayName: 'External Identifier',
	name: 'externalIdentifier',
	type: 'string',
	default: '',
	description: 'The group at your identity provider. With it, single sign-on sets the members of this group at each login.',
};

/** The fields of a collection as the API takes them; only those that were added. */
export function viewerGroupBody({ name, externalIdentifier: external_identifier }: IDataObject): IDataObject {
	return { ...(name === undefined ? {} : { name }), ...(external_identifier === undefined ? {} : { external_identifier }) };
}
