import { optionsField } from '../../../shared/actions/fields/options';
import type { Operation } from '../operation';
import { resourcesIn } from './resources';

export const getResourceTypes: Operation = {
	value: 'getResourceTypes',
	name: 'Get Resource Types',
	action: 'Get resource types of directory',
	description: 'List the kinds of objects that the directory has, one item each. Only reads.',
	uses: ['listResourceTypes'],
	fields: [optionsField()],
	execute: async ({ api }) => resourcesIn(await api.call('listResourceTypes', {})),
};
