import { component } from '../../../services/statuspage/objects/component';
import type { Field } from '../../../shared/fields/field';

const CANNOT_BE_EMPTY = "A component group can't be empty";

export const groupName: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	description: 'Name of the component group on the page',
};

export const groupDescription: Field = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'Description shown on the page',
};

export const newMembers: Field = component.picks('componentIds', {
	required: true,
	adviceIfEmpty: `${CANNOT_BE_EMPTY}. Create its components first`,
	description: `Components of the group. ${CANNOT_BE_EMPTY}, and a component belongs to one group only`,
});

export const replacedMembers: Field = component.picks('componentIds', {
	whenEmpty: 'rejected',
	adviceIfEmpty: `${CANNOT_BE_EMPTY}. To remove it from the page, use 'Delete', which keeps its components`,
	description: 'All components of the group. Others are removed from it, and stay on the page without a group',
});
