import type { StatuspageResource } from '../statuspageOperation';
import { create } from './create.operation';
import { deleteTeamMember } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';

export const teamMember: StatuspageResource = {
	value: 'teamMember',
	name: 'Team Member',
	description: 'A person who manages pages in your organization. Team members are not viewers.',
	operations: [create, deleteTeamMember, get, getMany],
};
