import type { StatuspageResource } from '../statuspageOperation';
import { checkAudience } from './checkAudience.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';

export const page: StatuspageResource = {
	value: 'page',
	name: 'Page',
	description: 'A status page',
	operations: [checkAudience, get, getMany],
};
