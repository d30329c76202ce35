import type { ScimResource } from '../scimOperation';
import { getConfig } from './getConfig.operation';
import { getResourceTypes } from './getResourceTypes.operation';
import { getSchemas } from './getSchemas.operation';

export const directory: ScimResource = {
	value: 'directory',
	name: 'Directory',
	description: 'An Atlassian Guard directory that an identity provider syncs to',
	operations: [getConfig, getResourceTypes, getSchemas],
};
