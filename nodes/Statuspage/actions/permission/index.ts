import type { StatuspageResource } from '../statuspageOperation';
import { get } from './get.operation';
import { remove } from './remove.operation';
import { replace } from './replace.operation';
import { update } from './update.operation';

export const permission: StatuspageResource = {
	value: 'permission',
	name: 'Permission',
	description: 'What a team member may manage: pages, and the roles there',
	operations: [get, remove, replace, update],
};
