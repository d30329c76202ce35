import type { StatuspageResource } from '../statuspageOperation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';

export const teamMember: StatuspageResource = {
	value: 'teamMember',
	name: 'Team Member',
	description: 'A person who manages pages on Statuspage; not a viewer',
	operations: [get, getMany],
};
