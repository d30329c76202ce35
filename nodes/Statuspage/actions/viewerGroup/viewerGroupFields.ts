import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../../shared/fields/field';
import type { Values } from '../../../shared/operations/values';

export const nameField: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	description: 'The name of the group',
};

export const externalIdentifier: Field = {
	displayName: 'External Identifier',
	name: 'externalIdentifier',
	type: 'string',
	default: '',
	description:
		'The group at your identity provider. With it, single sign-on sets the members of this group at each login.',
};

/** The fields of a collection as the API takes them; only those that were added. */
export function viewerGroupBody(values: Values): IDataObject {
	return {
		...(values.has('name') ? { name: values.text('name') } : {}),
		...(values.has('externalIdentifier') ? { external_identifier: values.text('externalIdentifier') } : {}),
	};
}
