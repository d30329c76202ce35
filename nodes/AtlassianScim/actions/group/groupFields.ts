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
	description: 'The name of the group. Choose it well: Atlassian does not let it be changed.',
};

/** Without the members, of whom there can be hundreds of thousands. */
export function simplifiedGroup({ id, displayName, members }: Group): IDataObject {
	return { id, displayName, memberCount: members?.length ?? 0 };
}
