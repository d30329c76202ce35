import type { ScimResource } from '../scimOperation';
import { create } from './create.operation';
import { deactivate } from './deactivate.operation';
import { deleteUser } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { reactivate } from './reactivate.operation';
import { replace } from './replace.operation';
import { update } from './update.operation';

export const user: ScimResource = {
	value: 'user',
	name: 'User',
	description:
		'A user in the directory with an Atlassian account. Statuspage viewers and team members are managed separately.',
	operations: [create, deactivate, deleteUser, get, getMany, reactivate, replace, update],
};
