import type { Field } from '../../shared/fields/field';

export const organizationOption: Field = {
	displayName: 'Organization ID',
	name: 'organizationId',
	type: 'string',
	default: '',
	description: 'Overrides the organization ID from the credential',
};
