import { optionsField } from '../../../shared/fields/options';
import type { ScimOperation } from '../scimOperation';

export const getResourceTypes: ScimOperation = {
	value: 'getResourceTypes',
	name: 'Get Resource Types',
	action: 'Get resource types of directory',
	description: 'Retrieve the object types that the directory supports, one item per type',
	isReadOnly: true,
	uses: ['listResourceTypes'],
	fields: [optionsField()],
	runs: 'perItem',
	execute: async ({ api }) => await api.call('listResourceTypes', {}),
};
