import type { Resource } from '../operation';
import { checkAudience } from './checkAudience.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';

export const page: Resource = {
	value: 'page',
	name: 'Page',
	description: 'A status page',
	operations: [checkAudience, get, getMany],
};
