import { optionsField } from '../../../shared/fields/options';
import type { ScimOperation } from '../scimOperation';

export const getSchemas: ScimOperation = {
	value: 'getSchemas',
	name: 'Get Schemas',
	action: 'Get schemas of directory',
	description:
		'List the schemas of users and groups with their attributes, one item each: what Custom Attributes can hold. Only reads.',
	isReadOnly: true,
	uses: ['listSchemas'],
	fields: [optionsField()],
	runs: 'perItem',
	execute: async ({ api }) => await api.call('listSchemas', {}),
};
