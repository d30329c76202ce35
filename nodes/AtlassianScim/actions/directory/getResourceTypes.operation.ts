import { optionsField } from '../../../shared/fields/options';
import type { ScimOperation } from '../scimOperation';

export const getResourceTypes: ScimOperation = {
	value: 'getResourceTypes',
	name: 'Get Resource Types',
	action: 'Get resource types of directory',
	description: 'List the kinds of objects that the directory has, one item each. Only reads.',
	isReadOnly: true,
	uses: ['listResourceTypes'],
	fields: [optionsField()],
	runs: 'perItem',
	execute: async ({ api }) => await api.call('listResourceTypes', {}),
};
