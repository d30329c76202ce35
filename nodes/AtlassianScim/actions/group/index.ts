import type { ScimResource } from '../scimOperation';
import { addMembers } from './addMembers.operation';
import { create } from './create.operation';
import { deleteGroup } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { removeMembers } from './removeMembers.operation';

export const group: ScimResource = {
	value: 'group',
	name: 'Group',
	description: "A group of users in the directory. Groups can't be renamed and are not synced to Statuspage.",
	operations: [addMembers, create, deleteGroup, get, getMany, removeMembers],
};
