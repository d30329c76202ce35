import type { Field } from '../../shared/fields/field';

export const organizationOption: Field = {
	displayName: 'Organization ID',
	name: 'organizationId',
	type: 'string',
	default: '',
	description: 'Instead of the organization ID in the credential',
};
