import type { StatuspageResource } from '../statuspageOperation';
import { get } from './get.operation';
import { remove } from './remove.operation';
import { replace } from './replace.operation';
import { update } from './update.operation';

export const permission: StatuspageResource = {
	value: 'permission',
	name: 'Permission',
	description: 'Pages that a team member can manage, and the roles on each page',
	operations: [get, remove, replace, update],
};
