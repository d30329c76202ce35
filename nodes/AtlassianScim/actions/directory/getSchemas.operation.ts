import { optionsField } from '../../../shared/actions/fields/options';
import type { Operation } from '../operation';
import { resourcesIn } from './resources';

export const getSchemas: Operation = {
	value: 'getSchemas',
	name: 'Get Schemas',
	action: 'Get schemas of directory',
	description: 'List the schemas of users and groups with their attributes, one item each: what Custom Attributes can hold. Only reads.',
	uses: ['listSchemas'],
	fields: [optionsField()],
	execute: async ({ api }) => resourcesIn(await api.call('listSchemas', {})),
};
