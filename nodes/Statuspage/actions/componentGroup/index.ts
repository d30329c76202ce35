import type { StatuspageResource } from '../statuspageOperation';
import { create } from './create.operation';
import { deleteComponentGroup } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { getUptime } from './getUptime.operation';
import { update } from './update.operation';

export const componentGroup: StatuspageResource = {
	value: 'componentGroup',
	name: 'Component Group',
	description: 'A heading on the page for several components',
	operations: [create, deleteComponentGroup, get, getMany, getUptime, update],
};
