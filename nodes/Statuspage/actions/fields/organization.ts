import type { INodeProperties } from 'n8n-workflow';

export const organizationOption: INodeProperties = {
	displayName: 'Organization ID',
	name: 'organizationId',
	type: 'string',
	default: '',
	description: 'Instead of the organization ID in the credential',
};
