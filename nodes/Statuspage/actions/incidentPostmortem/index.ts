import type { StatuspageResource } from '../statuspageOperation';
import { create } from './create.operation';
import { deletePostmortem } from './delete.operation';
import { get } from './get.operation';
import { publish } from './publish.operation';
import { revert } from './revert.operation';

export const incidentPostmortem: StatuspageResource = {
	value: 'incidentPostmortem',
	name: 'Incident Postmortem',
	description: 'The report about an incident after it has ended',
	operations: [create, deletePostmortem, get, publish, revert],
};
