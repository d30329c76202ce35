import type { StatuspageResource } from '../statuspageOperation';
import { create } from './create.operation';
import { getMany } from './getMany.operation';

export const incidentTemplate: StatuspageResource = {
	value: 'incidentTemplate',
	name: 'Incident Template',
	description: 'A template with texts for new incidents and maintenances',
	operations: [create, getMany],
};
