import type { StatuspageResource } from '../statuspageOperation';
import { create } from './create.operation';
import { deleteIncident } from './delete.operation';
import { editUpdate } from './editUpdate.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const incident: StatuspageResource = {
	value: 'incident',
	name: 'Incident',
	description: 'An incident or a scheduled maintenance on the page',
	operations: [create, upsert, deleteIncident, editUpdate, get, getMany, update],
};
