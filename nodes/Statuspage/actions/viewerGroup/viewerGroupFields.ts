import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../../shared/fields/field';
import type { Values } from '../../../shared/operations/values';

export const nameField: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	description: 'Name of the viewer group',
};

export const externalIdentifier: Field = {
	displayName: 'External Identifier',
	name: 'externalIdentifier',
	type: 'string',
	default: '',
	description:
		"ID of the matching group in your identity provider. When set, single sign-on updates the viewer group's members at each login.",
};

/** The added fields of a collection, named as in the API. */
export function viewerGroupBody(values: Values): IDataObject {
	return {
		...(values.has('name') ? { name: values.text('name') } : {}),
		...(values.has('externalIdentifier') ? { external_identifier: values.text('externalIdentifier') } : {}),
	};
}
