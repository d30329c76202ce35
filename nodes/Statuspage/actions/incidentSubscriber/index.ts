import type { StatuspageResource } from '../statuspageOperation';
import { create } from './create.operation';
import { deleteIncidentSubscriber } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { resendConfirmation } from './resendConfirmation.operation';

export const incidentSubscriber: StatuspageResource = {
	value: 'incidentSubscriber',
	name: 'Incident Subscriber',
	description: 'An email address or phone number that gets notifications of one incident',
	operations: [create, deleteIncidentSubscriber, get, getMany, resendConfirmation],
};
