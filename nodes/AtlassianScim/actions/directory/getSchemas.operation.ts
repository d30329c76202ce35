import { optionsField } from '../../../shared/fields/options';
import type { ScimOperation } from '../scimOperation';

export const getSchemas: ScimOperation = {
	value: 'getSchemas',
	name: 'Get Schemas',
	action: 'Get schemas of directory',
	description: 'Retrieve the schemas of users and groups with all attributes, one item per schema',
	effects: "The user schemas show which attributes 'Custom Attributes' can contain.",
	isReadOnly: true,
	uses: ['listSchemas'],
	fields: [optionsField()],
	runs: 'perItem',
	execute: async ({ api }) => await api.call('listSchemas', {}),
};
