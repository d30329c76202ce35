import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../../shared/fields/field';
import type { Group } from '../../../services/scim/directoryObjects';

export const nameField: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Statuspage Acme',
	description: "Name of the group. It can't be changed later.",
};

/** A group with the number of its members instead of their IDs: a group can have up to 290,000 members. */
export function simplifiedGroup({ id, displayName, members }: Group): IDataObject {
	return { id, displayName, memberCount: members?.length ?? 0 };
}
